package dev.catamaran.registry.convert;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rules by which records are found that do not come along, or never balance (spec:
 * upgrade-machinery D20, 7, 14). {@code docs/reference/records.md} has an example of each.
 */
public enum LossRule {
    SAME_ADDRESS(
            "same-address-in-two-clusters",
            Effect.LOSES,
            true,
            "the instance of the first cluster by name is carried, the others are left behind",
            "deregister all but one of them"),

    MIXED_KINDS(
            "mixed-ephemeral-and-persistent",
            Effect.LOSES,
            true,
            "the persistent instances are carried, the ephemeral ones are left behind",
            "register the instances of one kind under another service"),

    NAME_ALIAS(
            "name-alias",
            Effect.WARNS,
            true,
            "it is carried under its own name",
            "register it under a name without @@ and remove this one"),

    NAMES_MERGED(
            "name-alias-merged",
            Effect.LOSES,
            false,
            "the newer of the two counts, under the name with the group",
            "compare both files; if the other one is right, register its records again"),

    STALE_FILE(
            "second-file-of-one-record",
            Effect.LOSES,
            false,
            "the newer of the two files counts",
            "compare both files; the one that does not count is left where it is"),

    EMPTY_SERVICE(
            "empty-service",
            Effect.WARNS,
            false,
            "it is carried with its metadata and clusters",
            "register an instance, or expect real 2.x servers to remove it a few minutes after they"
                    + " take over"),

    BARE_SERVICE(
            "empty-service-with-settings",
            Effect.WARNS,
            false,
            "it is carried as a service of persistent instances",
            "register an instance before a real 2.0 server copies it: that notes it as ephemeral"
                    + " and then refuses persistent instances"),

    ILLEGAL_NAME(
            "illegal-name",
            Effect.LOSES_SERVICE,
            true,
            "the whole service is left behind",
            "register it under a legal name and remove this one"),

    ILLEGAL_CLUSTER(
            "illegal-cluster-name",
            Effect.WARNS,
            false,
            "it is carried as it is",
            "register its instances in a cluster named with letters, digits and '-' before real"
                    + " servers are to take new ones there"),

    ODD_WEIGHT(
            "weight-out-of-range",
            Effect.WARNS,
            false,
            "it is carried with its weight, which 1.x servers answer raised to 0.01 or lowered to"
                    + " 10000, or refuse when a client registers it",
            "register it again with a weight of 0, or of 0.01 to 10000"),

    DUPLICATE(
            "instance-listed-twice",
            Effect.LOSES,
            false,
            "the later of the two is carried",
            "compare it with the other one, and register the right one again"),

    NO_TEXT(
            "label-without-text",
            Effect.LOSES,
            false,
            "the record is carried without these labels",
            "register it again with a text for them, or without them"),

    RESERVED_LABEL(
            "reserved-label",
            Effect.LOSES,
            true,
            "the instance is carried without these labels",
            "register it again without them"),

    LEGACY_FIELDS(
            "legacy-fields-left-behind",
            Effect.LOSES,
            false,
            "the record is carried without these fields",
            "note them if they matter; they stay with the 1.x data until FINALIZED and are archived"
                    + " then"),

    SERVICE_KIND(
            "kind-of-empty-service",
            Effect.LOSES,
            false,
            "1.x gives a service the kind of its instances, so it is persistent until it has some",
            "nothing, unless ephemeral instances are expected"),

    OVERRIDE_LAID_OVER(
            "override-laid-over",
            Effect.LOSES,
            false,
            "the instance is carried with what the operator set, which its client's next"
                    + " registration replaces",
            "set it again if the client registers again"),

    OVERRIDE_ALONE(
            "override-without-instance",
            Effect.LOSES,
            false,
            "it is left behind",
            "set it again once the instance is registered"),

    OVERRIDE_AMBIGUOUS(
            "override-of-two-instances",
            Effect.WARNS,
            false,
            "it is taken for one of the instance of the cluster whose name it holds",
            "take it back, register the instance in a cluster without ':' in its name, and set it"
                    + " again"),

    OVERRIDE_NOT_MIRRORED(
            "override-not-mirrored",
            Effect.LOSES,
            true,
            "the other stack has the instance as its client registered it",
            "register the instance with what the override says, or take the override back on a 2.x"
                    + " server"),

    UNKNOWN_SWITCHES(
            "unknown-switches",
            Effect.WARNS,
            false,
            "they are carried as they are",
            "check in the release notes of the version that comes whether it still has them");

    /** What the rule means for the record it names. */
    public enum Effect {
        /** Some of the record, or all, is missing on the other side. */
        LOSES,
        /** The service is missing on the other side, and all that belongs to it. */
        LOSES_SERVICE,
        /** All of it comes along; servers of the other side will not treat it alike. */
        WARNS
    }

    private final String id;
    private final Effect effect;
    private final boolean blocking;
    private final String applied;
    private final String advice;

    LossRule(String id, Effect effect, boolean blocking, String applied, String advice) {
        this.id = id;
        this.effect = effect;
        this.blocking = blocking;
        this.applied = applied;
        this.advice = advice;
    }

    /** The name by which reports, logs and documents call it. */
    public String id() {
        return id;
    }

    public Effect effect() {
        return effect;
    }

    /** Whether a switch of the primary must wait until the record is mended. */
    public boolean blocking() {
        return blocking;
    }

    /** What the conversion did about it. */
    public String applied() {
        return applied;
    }

    /** What an operator can do. */
    public String advice() {
        return advice;
    }

    /** The rule of that name. */
    public static Optional<LossRule> named(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findAny();
    }

    /** What the rule says of one record. */
    Loss of(String record, String what) {
        return new Loss(id, record, what, applied, advice, blocking);
    }
}
