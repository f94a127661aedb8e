package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.transition.TransitionWatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a real 2.0 or 2.1 server tells of its upgrade, in its words and order (spec:
 * upgrade-machinery 11), with the figures of this member's two stacks.
 */
public final class UpgradeMetrics {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MemberDirectory members;
    private final TransitionWatch watch;
    private final Map<Stack, RegistryStack> stacks;

    /**
     * Metrics; they read published values only and never wait.
     *
     * @param members who is in the cluster
     * @param watch what this member acts on
     * @param stacks both stacks by id
     */
    public UpgradeMetrics(
            MemberDirectory members, TransitionWatch watch, Map<Stack, RegistryStack> stacks) {
        this.members = requireNonNull(members, "members is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.stacks = Map.copyOf(stacks);
    }

    /** Whether the mirror may still be needed: the meaning of the real switch. */
    boolean doubleWriteEnabled() {
        return watch.view().upgrade().phase() != Phase.FINALIZED;
    }

    /**
     * All values by name, in order.
     *
     * @param tasks records that the mirror still has to carry over
     */
    Map<String, Object> values(long tasks) {
        UpgradeState state = watch.view().upgrade();
        RegistryTable legacy = table(Stack.LEGACY);
        RegistryTable jraft = table(Stack.JRAFT);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("upgraded", state.primary().equals(Optional.of(Stack.JRAFT)));
        values.put("isAll20XVersion", members.members().stream().allMatch(UpgradeMetrics::is2x));
        values.put("isDoubleWriteEnabled", doubleWriteEnabled());
        values.put("doubleWriteDelayTaskCount", tasks);
        values.put("serviceCountV1", (long) legacy.serviceCount());
        values.put("instanceCountV1", (long) legacy.instanceCount());
        values.put("serviceCountV2", (long) jraft.serviceCount());
        values.put("instanceCountV2", (long) jraft.instanceCount());
        values.put("subscribeCountV2", 0L);
        // every member answers for every service: there are no shares
        values.put("responsibleServiceCountV1", (long) legacy.serviceCount());
        values.put("responsibleInstanceCountV1", (long) legacy.instanceCount());
        long ephemeralServices =
                jraft.entries().values().stream().filter(UpgradeMetrics::isEphemeral).count();
        long ephemeralInstances =
                jraft.entries().values().stream()
                        .flatMap(entry -> entry.instances().values().stream())
                        .filter(InstanceRecord::ephemeral)
                        .count();
        values.put("ephemeralServiceCountV2", ephemeralServices);
        values.put("persistentServiceCountV2", jraft.serviceCount() - ephemeralServices);
        values.put("ephemeralInstanceCountV2", ephemeralInstances);
        values.put("persistentInstanceCountV2", jraft.instanceCount() - ephemeralInstances);
        values.put("service.V1.not.in.V2", missing(legacy, jraft));
        values.put("service.V2.not.in.V1", missing(jraft, legacy));
        return values;
    }

    private RegistryTable table(Stack id) {
        return requireNonNull(stacks.get(id), "no such stack").table();
    }

    private static boolean is2x(MemberInfo member) {
        return member.version()
                .flatMap(MemberVersion::parse)
                .map(version -> !version.below2())
                .orElse(false);
    }

    private static boolean isEphemeral(ServiceEntry entry) {
        return !entry.instances().isEmpty()
                && entry.instances().values().stream().allMatch(InstanceRecord::ephemeral);
    }

    private static String missing(RegistryTable from, RegistryTable in) {
        return from.entries().keySet().stream()
                .filter(key -> in.entry(key).isEmpty())
                .map(ServiceKey::text)
                .collect(Collectors.joining("\n"));
    }

    /** One line for each value, as a real server prints them. */
    static String text(Map<String, Object> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> {
                    String shown =
                            value instanceof Long number
                                    ? String.format("%5d", number)
                                    : String.valueOf(value);
                    text.append(String.format("%-30s = %s\n", name, shown));
                });
        return text.toString();
    }

    /** The same as one JSON object. */
    static String json(Map<String, Object> values) {
        ObjectNode node = JSON.createObjectNode();
        values.forEach(
                (name, value) -> {
                    if (value instanceof Long number) {
                        node.put(name, number);
                    } else if (value instanceof Boolean flag) {
                        node.put(name, flag);
                    } else {
                        node.put(name, String.valueOf(value));
                    }
                });
        return node.toString();
    }
}
