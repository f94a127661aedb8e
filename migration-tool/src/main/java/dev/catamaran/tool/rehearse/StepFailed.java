package dev.catamaran.tool.rehearse;

/** A step could not be taken; the message tells an operator why. */
final class StepFailed extends Exception {

    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
        super(message);
    }
}
