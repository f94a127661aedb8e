package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.member.SelfFacts;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.mirror.MirrorStatus;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackStatus;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import dev.catamaran.server.write.ReadView;
import dev.catamaran.server.write.WriteService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything an operator may know of this member and, as far as it knows, of the cluster. */
public final class StatusReport implements Readiness {

    /** What stands for the phase while a lost state has not been told by the peers. */
    static final String PHASE_UNKNOWN = "UNKNOWN";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MemberDirectory members;
    private final TransitionWatch watch;
    private final TransitionGroup group;
    private final Map<Stack, RegistryStack> stacks;
    private final Mirror mirror;
    private final ReadView reads;
    private final WriteService writes;

    /**
     * A report; reads published values only and never waits.
     *
     * @param members who is in the cluster
     * @param watch what this member acts on
     * @param group who decides
     * @param stacks both stacks by id
     * @param mirror this member's mirror
     * @param reads what is read from
     * @param writes how many writes wait
     */
    public StatusReport(
            MemberDirectory members,
            TransitionWatch watch,
            TransitionGroup group,
            Map<Stack, RegistryStack> stacks,
            Mirror mirror,
            ReadView reads,
            WriteService writes) {
        this.members = requireNonNull(members, "members is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.group = requireNonNull(group, "group is null");
        this.stacks = Map.copyOf(stacks);
        this.mirror = requireNonNull(mirror, "mirror is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.writes = requireNonNull(writes, "writes is null");
    }

    @Override
    public boolean ready() {
        TransitionView view = watch.view();
        return view.mayWrite()
                && watch.notSaved().isEmpty()
                && (view.knowledge() == TransitionView.Knowledge.FINAL || group.broken().isEmpty())
                && !besideRealServers()
                && reads.loaded()
                && stack(view.upgrade().readable()).status().ready();
    }

    @Override
    public Optional<String> broken() {
        boolean legacyEnded = watch.view().upgrade().phase() == Phase.FINALIZED;
        List<String> said = new ArrayList<>();
        for (Stack id : Stack.values()) {
            if (id == Stack.JRAFT || !legacyEnded) {
                stack(id).broken().ifPresent(what -> said.add(name(id) + ": " + what));
            }
        }
        group.broken().ifPresent(what -> said.add("catamaran_transition: " + what));
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
    }

    /**
     * Whether the list names real servers that stay real. This member is in none of their groups:
     * what it took from a client they would never see, so it takes and answers nothing.
     */
    private boolean besideRealServers() {
        return members.planned().size() < members.addresses().size();
    }

    /** Whether this member knows the phase at all. */
    boolean phaseKnown() {
        return watch.view().phaseKnown();
    }

    /**
     * What to say of a phase that is not known.
     *
     * @param status OK where it is the answer, NOT_NOW where it refuses one
     */
    OpsAnswer phaseUnknown(int status) {
        return new OpsAnswer(
                status,
                Reasons.one(
                                "phase-unknown",
                                "this member has no saved state, or has lost it, and no majority of"
                                    + " the planned members has told it the phase yet; it serves"
                                    + " nothing",
                                "start a majority of the planned members "
                                        + members.planned()
                                        + "; the state is then taken over by itself")
                        .toString());
    }

    /** The report, with the mirror's part as the member that runs the mirror told it. */
    ObjectNode json(ObjectNode mirrorPart) {
        TransitionView view = watch.view();
        UpgradeState state = view.upgrade();
        ObjectNode node = JSON.createObjectNode();
        putPhase(node, view);
        node.put("member", members.self());
        node.put("version", SelfFacts.VERSION);
        node.put("ready", ready());
        node.put("knowledge", view.knowledge().name());
        node.put("reading", name(reads.reading()));
        node.put("held", state.held());
        node.put("holdReason", state.holdReason());
        node.put("transitionLeader", group.leader().orElse(""));
        node.put("clusterId", group.applied().clusterId());
        node.put("revision", group.applied().revision());
        node.put("because", group.applied().because());
        node.put("notSaved", watch.notSaved().orElse(null));
        node.put("broken", broken().orElse(null));
        node.put("writesWaiting", writes.heldCount());
        addMembers(node.putArray("members"));
        ObjectNode leaders = node.putObject("leaders");
        ObjectNode tables = node.putObject("stacks");
        for (Stack id : Stack.values()) {
            addStack(id, leaders, tables);
        }
        node.set("mirror", mirrorPart);
        ObjectNode digests = node.putObject("digests");
        String legacy = stack(Stack.LEGACY).table().digest().hex();
        String jraft = stack(Stack.JRAFT).table().digest().hex();
        digests.put("legacy", legacy);
        digests.put("jraft", jraft);
        digests.put("equal", legacy.equals(jraft));
        state.fence()
                .ifPresentOrElse(
                        fence -> {
                            ObjectNode one = node.putObject("fence");
                            one.put("from", fence.from().name());
                            one.put("to", fence.to().name());
                            one.put("epoch", state.epoch());
                        },
                        () -> node.putNull("fence"));
        return node;
    }

    /** Where the cluster is as far as this member knows; what others say where it does not. */
    private void putPhase(ObjectNode node, TransitionView view) {
        if (view.phaseKnown()) {
            node.put("phase", view.upgrade().phase().name());
            node.put("epoch", view.upgrade().epoch());
            node.put("primary", view.upgrade().primary().map(StatusReport::name).orElse(null));
            return;
        }
        node.put("phase", PHASE_UNKNOWN);
        node.putNull("epoch");
        node.putNull("primary");
        ObjectNode heard = node.putObject("heard");
        members.members().stream()
                .filter(info -> info.phase().isPresent() && info.epoch().isPresent())
                .max(Comparator.comparingLong(info -> info.epoch().getAsLong()))
                .ifPresent(
                        info -> {
                            heard.put("phase", info.phase().orElseThrow().name());
                            heard.put("epoch", info.epoch().getAsLong());
                            heard.put("from", info.address());
                        });
    }

    private void addMembers(ArrayNode array) {
        for (MemberInfo info : members.members()) {
            ObjectNode one = array.addObject();
            one.put("address", info.address());
            one.put("self", info.self());
            one.put("planned", members.planned().contains(info.address()));
            one.put("state", info.reach().state().name());
            one.put("failures", info.reach().failures());
            one.put("phase", info.phase().map(Enum::name).orElse(null));
            one.put("seenOldBy", info.sightings().old().size());
            one.put("kind", info.kind().name());
            one.put("version", info.version().orElse(null));
            one.set("epoch", JSON.valueToTree(boxed(info.epoch())));
            one.set("reportAgeMs", JSON.valueToTree(boxed(info.reportAgeMs())));
            one.put("reachable", info.reachable().orElse(null));
        }
    }

    private static Optional<Long> boxed(java.util.OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private void addStack(Stack id, ObjectNode leaders, ObjectNode tables) {
        StackStatus status = stack(id).status();
        ObjectNode groups = leaders.putObject(name(id));
        status.leaders().forEach(groups::put);
        ObjectNode table = tables.putObject(name(id));
        table.put("ready", status.ready());
        table.put("detail", status.detail());
        table.put("services", stack(id).table().serviceCount());
        table.put("instances", stack(id).table().instanceCount());
    }

    /** The mirror as this member knows it. */
    ObjectNode mirrorHere() {
        MirrorStatus status = mirror.status();
        ObjectNode node = JSON.createObjectNode();
        node.put("running", status.running());
        node.put("member", status.running() ? members.self() : "");
        node.put("from", status.from().map(StatusReport::name).orElse(null));
        node.put("to", status.to().map(StatusReport::name).orElse(null));
        node.put("lagRecords", status.lagRecords());
        node.put("lagMs", status.lagMs());
        node.put(
                "fullPassAt",
                status.fullPassAtMs().isPresent()
                        ? Instant.ofEpochMilli(status.fullPassAtMs().getAsLong()).toString()
                        : null);
        node.put("epoch", status.epoch());
        node.put("copied", status.copied());
        node.put("failed", status.failed());
        node.put("quarantined", status.quarantined());
        node.put("sourceComplete", status.sourceComplete());
        ArrayNode findings = node.putArray("findings");
        status.findings()
                .forEach(
                        finding -> {
                            ObjectNode one = findings.addObject();
                            one.put("rule", finding.rule());
                            one.put("record", finding.key());
                            one.put("what", finding.what());
                            one.put("applied", finding.applied());
                            one.put("advice", finding.advice());
                            one.put("blocking", finding.blocking());
                        });
        return node;
    }

    RegistryStack stack(Stack id) {
        return requireNonNull(stacks.get(id), "no such stack");
    }

    static String name(Stack id) {
        return id.name().toLowerCase(Locale.ROOT);
    }
}
