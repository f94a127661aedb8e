package dev.catamaran.tool.command;

import java.util.List;

/**
 * Something an operator or a disk can do wrong.
 *
 * @param name what is wrong
 * @param exit the exit code it deserves
 * @param says what the answer must contain: the code of the finding, or a part of the message
 * @param spoil spoils a world and says what to run; null list when this machine cannot be made so
 */
record WrongCase(String name, int exit, String says, Spoil spoil) {

    /** How a world is spoilt. */
    @FunctionalInterface
    interface Spoil {
        List<String> apply(WrongWorld world) throws Exception;
    }

    static WrongCase refused(String name, String code, Spoil spoil) {
        return new WrongCase(name, ExitCodes.REFUSED, "[" + code + "]", spoil);
    }

    static WrongCase usage(String name, String says, Spoil spoil) {
        return new WrongCase(name, 2, says, spoil);
    }

    static WrongCase failed(String name, String says, Spoil spoil) {
        return new WrongCase(name, ExitCodes.FAILED, says, spoil);
    }

    @Override
    public String toString() {
        return name;
    }
}
