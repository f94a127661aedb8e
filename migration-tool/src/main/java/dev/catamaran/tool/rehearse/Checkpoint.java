package dev.catamaran.tool.rehearse;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.FinalView;
import dev.catamaran.tool.history.Finding;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.HistoryChecker;
import dev.catamaran.tool.history.Value;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.report.BaseFinding;
import dev.catamaran.tool.writers.Load;
import dev.catamaran.tool.writers.RecordContents;
import dev.catamaran.tool.writers.SeenInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges every record on every member while nobody writes. */
final class Checkpoint {

    private static final long EQUAL_LIMIT_MS = 30_000;

    private final Cluster cluster;
    private final Waiting waiting;
    private final Observations seen;
    private final BaseCheck base;
    private final HistoryChecker checker;
    private final List<Finding> findings = new ArrayList<>();
    private final List<BaseFinding> baseFindings = new ArrayList<>();

    Checkpoint(
            Cluster cluster,
            Waiting waiting,
            Observations seen,
            BaseCheck base,
            HistoryChecker checker) {
        this.cluster = cluster;
        this.waiting = waiting;
        this.seen = seen;
        this.base = base;
        this.checker = checker;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    List<BaseFinding> baseFindings() {
        return List.copyOf(baseFindings);
    }

    /** Waits until every member holds the homes' records in the legacy stack. */
    void awaitBase(long limitMs) throws StepFailed {
        waiting.until("the homes' records on every member", limitMs, this::missingBase);
    }

    private Optional<String> missingBase() {
        for (String address : cluster.fleet().addresses()) {
            try {
                RegistryTable table = cluster.api().records(address, Stack.LEGACY);
                List<BaseFinding> wrong = base.check("legacy of " + address, table);
                if (!wrong.isEmpty()) {
                    return Optional.of(wrong.size() + " differ, first: " + wrong.get(0).text());
                }
            } catch (IOException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Judges all members and tells in one line what came of it. The writers must be resting. */
    String judge(Load load, History history) throws StepFailed {
        Phase phase =
                cluster.newest()
                        .map(ClusterStatus::phase)
                        .orElseThrow(() -> new StepFailed("no member answers"));
        Optional<StepFailed> unequal = awaitEqual(phase);
        List<FinalView> views = views(load, phase);
        List<Call> writes = history.calls().stream().filter(Call.Write.class::isInstance).toList();
        List<Finding> found = checker.judge(writes, views);
        findings.addAll(found);
        if (unequal.isPresent()) {
            throw unequal.get();
        }
        long fatal = found.stream().filter(finding -> finding.kind().fatal()).count();
        return "%d records judged in %d views: %d wrong; %d of the homes: %d wrong"
                .formatted(
                        load.records().size(),
                        views.size(),
                        fatal,
                        base.records(),
                        baseFindings.size());
    }

    private Optional<StepFailed> awaitEqual(Phase phase) {
        try {
            waiting.until("equal stacks on all members", EQUAL_LIMIT_MS, () -> differing(phase));
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(e);
        }
    }

    private Optional<String> differing(Phase phase) {
        String first = "";
        for (String address : cluster.fleet().addresses()) {
            Optional<ClusterStatus> status = cluster.status(address);
            if (status.isEmpty()) {
                return Optional.of(address + " does not answer");
            }
            for (Stack stack : judged(phase)) {
                String digest = digest(status.get(), stack);
                first = first.isEmpty() ? digest : first;
                if (digest.isEmpty() || !digest.equals(first)) {
                    return Optional.of(
                            "%s of %s has digest %s, elsewhere it is %s"
                                    .formatted(name(stack), address, digest, first));
                }
            }
        }
        return Optional.empty();
    }

    private List<FinalView> views(Load load, Phase phase) throws StepFailed {
        List<FinalView> views = new ArrayList<>();
        try {
            for (String address : cluster.fleet().addresses()) {
                for (Stack stack : judged(phase)) {
                    String where = name(stack) + " of " + address + " in " + phase;
                    RegistryTable table = cluster.api().records(address, stack);
                    baseFindings.addAll(base.check(where, table));
                    views.add(new FinalView(where, seen.nowNs(), byRecord(load, table)));
                }
                views.add(load.shownBy(address, "list of " + address + " in " + phase));
                archivedBase(address, phase);
            }
        } catch (IOException e) {
            throw new StepFailed("a member could not be read: " + e.getMessage());
        }
        return views;
    }

    /**
     * The stack that has gone out of use must still hold what the homes held, where it is shown.
     */
    private void archivedBase(String address, Phase phase) throws IOException {
        if (phase == Phase.FINALIZED) {
            RegistryTable table = cluster.api().records(address, Stack.LEGACY);
            if (table.serviceCount() > 0) {
                baseFindings.addAll(base.check("archived legacy of " + address, table));
            }
        }
    }

    private static Map<InstanceKey, List<Value>> byRecord(Load load, RegistryTable table) {
        Map<InstanceKey, List<Value>> byRecord = new HashMap<>();
        for (InstanceKey record : load.records()) {
            List<Value> values =
                    table.entry(record.service()).map(ServiceEntry::instances).stream()
                            .flatMap(instances -> instances.values().stream())
                            .filter(instance -> sameAddress(instance, record))
                            .map(SeenInstance::of)
                            .map(instance -> RecordContents.recognise(record, instance))
                            .toList();
            byRecord.put(record, values);
        }
        return byRecord;
    }

    private static boolean sameAddress(InstanceRecord instance, InstanceKey record) {
        return instance.key().address().equals(record.address());
    }

    private static List<Stack> judged(Phase phase) {
        return switch (phase) {
            case LEGACY -> List.of(Stack.LEGACY);
            case MIRRORING, FENCED, JRAFT -> List.of(Stack.LEGACY, Stack.JRAFT);
            case FINALIZED -> List.of(Stack.JRAFT);
        };
    }

    private static String digest(ClusterStatus status, Stack stack) {
        return stack == Stack.LEGACY ? status.legacyDigest() : status.jraftDigest();
    }

    private static String name(Stack stack) {
        return stack.name().toLowerCase(Locale.ROOT);
    }
}
