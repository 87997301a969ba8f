package io.sluice.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.sluice.platform.Problem;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals as REST answers them; {@link OperatorMechanism#sendChallenge} gives the same elsewhere. */
final class RefusalMappers {
    @ServerExceptionMapper
    RestResponse<byte[]> anonymous(UnauthorizedException e, RoutingContext context) {
        return answer(Refusal.ofUnauthenticated(context));
    }

    @ServerExceptionMapper
    RestResponse<byte[]> failed(AuthenticationFailedException e, RoutingContext context) {
        return answer(Refusal.ofUnauthenticated(context));
    }

    @ServerExceptionMapper
    RestResponse<byte[]> forbidden(ForbiddenException e) {
        return answer(Refusal.forbidden());
    }

    private static RestResponse<byte[]> answer(Refusal refusal) {
        RestResponse.ResponseBuilder<byte[]> builder = RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(refusal.problem().status()),
                        refusal.problem().toBytes())
                .header("Content-Type", Problem.MEDIA_TYPE);
        refusal.headers().forEach(builder::header);
        return builder.build();
    }
}
