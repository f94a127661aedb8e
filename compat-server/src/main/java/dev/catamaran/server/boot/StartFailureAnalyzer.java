package dev.catamaran.server.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a {@link StartFailure} into the framework's short report instead of a stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartFailure cause) {
        Refusal refusal = cause.refusal();
        return new FailureAnalysis(
                refusal.what() + " (" + refusal.where() + ")", refusal.todo(), cause);
    }
}
