package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reason of a decision, for people and for machines.
 *
 * @param rule which rule speaks
 * @param step the phase whose way it is about; empty when it is about none
 * @param member address of the member it is about; empty when it is about none
 * @param sinceMs since when, on the deciding member's monotonic clock; empty when that is not known
 * @param evidence what was seen
 * @param change what would change it
 * @param command what to run; empty when there is nothing to run
 */
public record Reason(
        Rule rule,
        Optional<Phase> step,
        Optional<String> member,
        OptionalLong sinceMs,
        String evidence,
        String change,
        String command) {

    public Reason {
        requireNonNull(rule, "rule is null");
        requireNonNull(step, "step is null");
        requireNonNull(member, "member is null");
        requireNonNull(sinceMs, "sinceMs is null");
        requireNonNull(evidence, "evidence is null");
        requireNonNull(change, "change is null");
        requireNonNull(command, "command is null");
    }

    static Reason of(Rule rule, String evidence, String change, String command) {
        return new Reason(
                rule,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                evidence,
                change,
                command);
    }

    Reason towards(Phase phase) {
        return new Reason(rule, Optional.of(phase), member, sinceMs, evidence, change, command);
    }

    Reason about(String address) {
        return new Reason(rule, step, Optional.of(address), sinceMs, evidence, change, command);
    }

    Reason since(long ms) {
        return new Reason(rule, step, member, OptionalLong.of(ms), evidence, change, command);
    }
}
