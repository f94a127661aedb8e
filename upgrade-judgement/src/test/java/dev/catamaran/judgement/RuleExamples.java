package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import dev.catamaran.judgement.MirrorEvidence.Finding;
import java.time.Instant;
import java.util.List;

/** One worked example of every rule, as it stands in the documents. */
final class RuleExamples {

    private static final long EPOCH = 7;
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private RuleExamples() {}

    /** The reason the judge gives in the example of {@code rule}. */
    static Reason of(Rule rule) {
        return reasons(rule).stream()
                .filter(reason -> reason.rule() == rule)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the example of " + rule + " lacks it"));
    }

    private static List<Reason> reasons(Rule rule) {
        return switch (rule) {
            case ORDERED, AUTOMATIC, SWITCH_COMPLETE -> move(rule);
            case ORDER_NEEDED,
                    ALREADY_THERE,
                    NO_SUCH_STEP,
                    CONFIRM_NEEDED,
                    FINALIZED_IS_FINAL,
                    HELD,
                    NOT_HELD,
                    DOWNGRADE_POLICY ->
                    order(rule);
            case NO_QUORUM,
                    UNKNOWN_VERSION,
                    STALE_REPORT,
                    UNREACHABLE,
                    MEMBER_BEHIND,
                    MEMBER_BROKEN,
                    BELOW_TARGET,
                    NOT_CATAMARAN,
                    NOT_PLANNED_PRESENT,
                    REAL_2X_TOO_EARLY ->
                    member(rule);
            case OLD_MEMBER_UNPROVED -> oldMember(2);
            case OLD_MEMBER_PRESENT -> oldMember(4);
            case MIRROR_NOT_RUNNING,
                    STALE_EPOCH,
                    NO_FULL_PASS,
                    SOURCE_INCOMPLETE,
                    MIRROR_BEHIND,
                    DIGESTS_DIFFER,
                    QUARANTINE,
                    NEVER_BALANCING ->
                    orderedLater(Scene.in(Phase.MIRRORING).with(mirror(rule)), Phase.JRAFT);
            case LOSSY_RECORDS ->
                    Scene.in(Phase.JRAFT).with(Scene.withContent(EPOCH, 0, List.of(), 3)).explain();
            case SWITCH_UNDER_WAY -> Scene.in(Phase.FENCED).moveTo(Phase.JRAFT).because();
            case FENCE_TIMEOUT -> timeout().because();
            case FENCE_PROBLEM -> problem(Scene.in(Phase.FENCED)).because();
            case FELL_BACK -> fellBack();
        };
    }

    private static List<Reason> move(Rule rule) {
        Scene scene = Scene.in(Phase.LEGACY);
        return switch (rule) {
            case AUTOMATIC -> {
                scene.settings =
                        scene.settings.withPolicies(UpgradePolicy.AUTO, DowngradePolicy.OPERATOR);
                yield scene.observe().because();
            }
            case SWITCH_COMPLETE ->
                    Scene.in(Phase.FENCED).report(FenceEvidence.complete(EPOCH)).because();
            default -> scene.moveTo(Phase.MIRRORING).because();
        };
    }

    private static List<Reason> order(Rule rule) {
        return switch (rule) {
            case ALREADY_THERE -> Scene.in(Phase.JRAFT).moveTo(Phase.JRAFT).because();
            case NO_SUCH_STEP -> Scene.in(Phase.LEGACY).moveTo(Phase.JRAFT).because();
            case CONFIRM_NEEDED -> Scene.in(Phase.JRAFT).explain();
            case FINALIZED_IS_FINAL -> Scene.in(Phase.FINALIZED).moveTo(Phase.JRAFT).because();
            case HELD ->
                    orderedLater(Scene.in(Phase.MIRRORING).held("audit (by anna)"), Phase.JRAFT);
            case NOT_HELD -> Scene.in(Phase.JRAFT).order(new Order.Release("anna")).because();
            case DOWNGRADE_POLICY -> {
                Scene scene = Scene.in(Phase.JRAFT);
                scene.settings =
                        scene.settings.withPolicies(UpgradePolicy.OPERATOR, DowngradePolicy.NEVER);
                yield scene.moveTo(Phase.MIRRORING).because();
            }
            default -> {
                Scene scene = Scene.in(Phase.MIRRORING);
                scene.observe();
                yield scene.pass(42_000).explain();
            }
        };
    }

    private static List<Reason> member(Rule rule) {
        MemberEvidence c =
                switch (rule) {
                    case STALE_REPORT -> Scene.stale(Scene.C, EPOCH);
                    case UNREACHABLE -> Scene.unreachable(Scene.catamaran(Scene.C, EPOCH));
                    case BELOW_TARGET -> Scene.catamaran(Scene.C, EPOCH, "0.1.0");
                    case MEMBER_BROKEN -> Scene.broken(Scene.C, EPOCH);
                    case MEMBER_BEHIND -> Scene.catamaran(Scene.C, EPOCH - 1);
                    case NOT_CATAMARAN -> Scene.real(Scene.C, "1.4.2");
                    case NOT_PLANNED_PRESENT -> Scene.real(Scene.D, "1.4.2");
                    case REAL_2X_TOO_EARLY -> Scene.real(Scene.C, "2.1.2");
                    default -> MemberEvidence.unknown(Scene.C);
                };
        if (rule == Rule.NO_QUORUM) {
            Scene few = Scene.in(Phase.JRAFT).with(c).with(MemberEvidence.unknown(Scene.B));
            return orderedLater(few, Phase.MIRRORING);
        }
        Scene scene = Scene.in(Phase.MIRRORING).with(c);
        if (rule == Rule.BELOW_TARGET) {
            scene.with(Scene.catamaran(Scene.A, EPOCH, "0.2.0"));
            scene.with(Scene.catamaran(Scene.B, EPOCH, "0.2.0"));
            MemberVersion target = MemberVersion.parse("0.2.0").orElseThrow();
            scene.with(scene.settings.withTargetVersion(target));
        }
        return orderedLater(scene, Phase.JRAFT);
    }

    /** The order comes some time after the judge has first seen what stands in its way. */
    private static List<Reason> orderedLater(Scene scene, Phase to) {
        scene.observe();
        return scene.pass(42_000).moveTo(to).because();
    }

    private static List<Reason> oldMember(int looks) {
        Scene scene = Scene.in(Phase.JRAFT).with(Scene.real(Scene.D, "1.4.2"));
        for (int i = 0; i < looks; i++) {
            scene.pass(5_000).observe();
        }
        return scene.explain();
    }

    private static MirrorEvidence mirror(Rule rule) {
        return switch (rule) {
            case STALE_EPOCH -> Scene.goodMirror(EPOCH - 1);
            case NO_FULL_PASS -> Scene.withoutFullPass(EPOCH);
            case SOURCE_INCOMPLETE -> Scene.sourceIncomplete(EPOCH);
            case MIRROR_BEHIND -> Scene.mirror(EPOCH, 4_200, 9_000, "51c0", "a77e");
            case DIGESTS_DIFFER -> Scene.mirror(EPOCH, 0, 0, "51c0", "a77e");
            case QUARANTINE -> Scene.withContent(EPOCH, 1_204, List.of(), 0);
            case NEVER_BALANCING ->
                    Scene.withContent(
                            EPOCH,
                            0,
                            List.of(
                                    new Finding(
                                            "public/DEFAULT_GROUP@@orders",
                                            "same address in two clusters",
                                            "take one of the two instances out")),
                            0);
            default -> MirrorEvidence.NONE;
        };
    }

    private static Decision timeout() {
        Scene scene = Scene.in(Phase.FENCED);
        scene.observe();
        return scene.pass(10_000).observe();
    }

    private static Decision problem(Scene scene) {
        return scene.report(
                FenceEvidence.failed(EPOCH, "group naming_instance_metadata has no leader"));
    }

    private static List<Reason> fellBack() {
        Scene scene = Scene.in(Phase.FENCED);
        problem(scene);
        return scene.allFine().explain();
    }

    /** {@code reason} as the server writes it, with the test's clock begun at a round time. */
    static String json(Reason reason) {
        String since =
                reason.sinceMs().isEmpty()
                        ? "null"
                        : quote(START.plusMillis(reason.sinceMs().getAsLong()).toString());
        return "{\n"
                + ("  \"rule\": " + quote(reason.rule().id()) + ",\n")
                + ("  \"step\": " + reason.step().map(p -> quote(p.name())).orElse("null") + ",\n")
                + ("  \"member\": " + reason.member().map(RuleExamples::quote).orElse("null"))
                + ",\n"
                + ("  \"since\": " + since + ",\n")
                + ("  \"evidence\": " + quote(reason.evidence()) + ",\n")
                + ("  \"change\": " + quote(reason.change()) + ",\n")
                + ("  \"command\": " + quote(reason.command()) + "\n")
                + "}\n";
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
