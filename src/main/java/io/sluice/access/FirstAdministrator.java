package io.sluice.access;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sees at start that somebody can log in: creates the operator {@code admin} with the configured password where there is no
 * administrator, and refuses to start where there is no password either. Later changes of that setting change nothing.
 */
@ApplicationScoped
class FirstAdministrator {
    private static final String NAME = "admin";
    /** What development uses; anybody would try it first. */
    private static final String GUESSABLE = "admin";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OperatorStore operators;
    private final Passwords passwords;
    private final Optional<String> password;

    FirstAdministrator(
            OperatorStore operators,
            Passwords passwords,
            @ConfigProperty(name = "sluice.admin.password") Optional<String> password) {
        this.operators = operators;
        this.passwords = passwords;
        this.password = password.filter(text -> !text.isBlank());
    }

    /** Before other rooms start what would have to be stopped again. */
    void start(@Observes @Priority(100) StartupEvent event) {
        if (operators.hasAdministrator().await().atMost(PATIENCE)) {
            return;
        }
        String chosen = password.orElseThrow(() ->
                refusal("There is no administrator yet: set SLUICE_ADMIN_PASSWORD to the password of the first one."));
        if (chosen.equals(GUESSABLE) && !LaunchMode.current().isDevOrTest()) {
            throw refusal("SLUICE_ADMIN_PASSWORD must not be the password that development uses.");
        }
        if (!Passwords.fits(chosen)) {
            throw refusal("SLUICE_ADMIN_PASSWORD must be at most " + Passwords.MAX_BYTES + " bytes.");
        }
        boolean created = passwords
                .hash(chosen)
                .chain(hash -> operators.createFirst(NAME, hash))
                .await()
                .atMost(PATIENCE);
        if (created) {
            AccessLog.LOG.firstAdministrator(NAME);
        }
    }

    /** Of this exception the framework prints the message alone; the process then ends with 1. */
    private static RuntimeException refusal(String message) {
        return new ConfigurationException(message);
    }
}
