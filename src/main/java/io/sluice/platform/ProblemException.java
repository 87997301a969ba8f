package io.sluice.platform;

/** Ends a REST call with a problem. Carries no stack trace: it says what a caller did, not where the code was. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final long retryAfterSeconds;

    public ProblemException(Problem problem) {
        this(problem, 0);
    }

    public ProblemException(int status, String detail) {
        this(Problem.of(status, detail), 0);
    }

    /** @param retryAfterSeconds told as {@code Retry-After}; 0 for none */
    public ProblemException(Problem problem, long retryAfterSeconds) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public Problem problem() {
        return problem;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
