package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import java.util.List;

/**
 * One step of a way.
 *
 * @param title what it does
 * @param from version before it
 * @param to version after it
 * @param why why this step and no larger one
 * @param checks what must be true before it begins
 * @param commands what to run; NODE, HOME, STORE and NEW stand for the operator's own
 * @param seconds how long it takes, from measured starts and stops
 * @param noWayBack whether the cluster cannot go back to the version before after it
 */
public record Hop(
        String title,
        MemberVersion from,
        MemberVersion to,
        String why,
        List<String> checks,
        List<String> commands,
        long seconds,
        boolean noWayBack) {

    public Hop {
        checks = List.copyOf(checks);
        commands = List.copyOf(commands);
    }
}
