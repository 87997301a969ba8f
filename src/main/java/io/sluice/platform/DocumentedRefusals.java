package io.sluice.platform;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Says of every operation in the OpenAPI document that what it refuses is answered by a problem, whatever the status. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class DocumentedRefusals implements OASFilter {
    private static final String PROBLEM = "#/components/responses/Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        // What the framework adds for roles and bodies has no content.
        List.copyOf(responses.getAPIResponses().keySet()).stream()
                .filter(status -> status.startsWith("4"))
                .forEach(responses::removeAPIResponse);
        responses.addAPIResponse("default", OASFactory.createAPIResponse().ref(PROBLEM));
        return operation;
    }
}
