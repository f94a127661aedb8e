package dev.catamaran.registry.convert;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a 1.x service cannot be carried into the 2.x form, and what can never be equal in both
 * stacks (spec: upgrade-machinery D20). Pure.
 */
public final class Carry {

    /** Two instances of one service at one address, in different clusters: 2.x keeps one. */
    public static final String SAME_ADDRESS = "same-address-in-two-clusters";

    /** A service with ephemeral and persistent instances: a 2.x service has one kind. */
    public static final String MIXED_KINDS = "mixed-ephemeral-and-persistent";

    /** A label of an instance that 2.x servers take for a field of it (spec: jraft-groups 3.2). */
    public static final String RESERVED_LABEL = "reserved-label";

    /** A name that 2.x servers do not accept. */
    public static final String ILLEGAL_NAME = "illegal-name";

    /** 1.x fields that hold more than their defaults and have no place in 2.x. */
    public static final String LEGACY_FIELDS = "legacy-fields-left-behind";

    /** Names as both worlds check them when a service is created (spec: legacy-raft 5.2). */
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z@.:_-]+");

    /**
     * What these fields hold in records that nobody touched: leaving them behind loses nothing. A
     * field with an empty set is bookkeeping of the 1.x server whatever it holds.
     */
    private static final Map<String, Set<String>> WORTHLESS =
            Map.ofEntries(
                    Map.entry("app", Set.of("\"DEFAULT\"", "\"\"")),
                    Map.entry("tenant", Set.of("\"\"")),
                    Map.entry("marked", Set.of("false")),
                    Map.entry("lastBeat", Set.of()),
                    Map.entry("owners", Set.of("[]")),
                    Map.entry("token", Set.of("\"\"")),
                    Map.entry("enabled", Set.of("true")),
                    Map.entry("resetWeight", Set.of("false")),
                    Map.entry("ipDeleteTimeout", Set.of("30000")),
                    Map.entry("appName", Set.of("\"\"")),
                    Map.entry("groupName", Set.of()),
                    Map.entry("lastModifiedMillis", Set.of()),
                    Map.entry("checksum", Set.of()),
                    Map.entry("finalizeCount", Set.of()),
                    Map.entry("defaultPort", Set.of("80")),
                    Map.entry("defaultCheckPort", Set.of("80")),
                    Map.entry("defIPPort", Set.of()),
                    Map.entry("sitegroup", Set.of("\"\"")));

    /** Labels under which 2.x keeps an instance's id, weight and state among its metadata. */
    private static final Set<String> RESERVED =
            Set.of("customInstanceId", "publishInstanceWeight", "publishInstanceEnable");

    /** Fields whose values are not shown. */
    private static final Set<String> SECRET = Set.of("token");

    private Carry() {}

    /**
     * One thing that does not come along.
     *
     * @param rule which rule found it
     * @param key the record, as operators write it
     * @param what what is wrong or lost
     * @param advice what an operator can do
     * @param blocking whether a switch must wait until it is resolved
     */
    public record Finding(String rule, String key, String what, String advice, boolean blocking) {
        public Finding {
            requireNonNull(rule, "rule is null");
            requireNonNull(key, "key is null");
            requireNonNull(what, "what is null");
            requireNonNull(advice, "advice is null");
        }
    }

    /** Everything found in one service; empty when it can be carried whole. */
    public static List<Finding> check(ServiceEntry entry) {
        List<Finding> findings = new ArrayList<>();
        names(entry, findings);
        addresses(entry, findings);
        kinds(entry, findings);
        labels(entry, findings);
        entry.records().forEach(record -> extras(record, findings));
        return List.copyOf(findings);
    }

    private static void names(ServiceEntry entry, List<Finding> findings) {
        ServiceKey key = entry.key();
        if (!NAME.matcher(key.name()).matches() || !NAME.matcher(key.group()).matches()) {
            findings.add(
                    new Finding(
                            ILLEGAL_NAME,
                            key.text(),
                            "its name or group has characters other than 0-9 a-z A-Z @ . : _ -",
                            "register it under a legal name and remove this one",
                            true));
        }
    }

    private static void addresses(ServiceEntry entry, List<Finding> findings) {
        Map<String, List<InstanceKey>> byAddress =
                entry.instances().keySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        InstanceKey::address, TreeMap::new, Collectors.toList()));
        byAddress.forEach(
                (address, keys) -> {
                    if (keys.size() > 1) {
                        findings.add(
                                new Finding(
                                        SAME_ADDRESS,
                                        entry.key().text() + "/" + address,
                                        "it is registered in the clusters "
                                                + keys.stream().map(InstanceKey::cluster).toList()
                                                + "; 2.x keeps one instance per address",
                                        "deregister all but one of them",
                                        true));
                    }
                });
    }

    private static void kinds(ServiceEntry entry, List<Finding> findings) {
        long ephemeral =
                entry.instances().values().stream().filter(InstanceRecord::ephemeral).count();
        if (ephemeral > 0 && ephemeral < entry.instances().size()) {
            findings.add(
                    new Finding(
                            MIXED_KINDS,
                            entry.key().text(),
                            ephemeral
                                    + " of its "
                                    + entry.instances().size()
                                    + " instances are ephemeral; a 2.x service has one kind",
                            "register the instances of one kind under another service",
                            true));
        }
    }

    private static void labels(ServiceEntry entry, List<Finding> findings) {
        for (InstanceRecord instance : entry.instances().values()) {
            List<String> reserved =
                    instance.metadata().keySet().stream().filter(RESERVED::contains).toList();
            if (!reserved.isEmpty()) {
                findings.add(
                        new Finding(
                                RESERVED_LABEL,
                                instance.key().toString(),
                                "2.x takes its metadata " + reserved + " for fields of its own",
                                "register it again without them",
                                true));
            }
        }
    }

    private static void extras(RegistryRecord record, List<Finding> findings) {
        List<String> lost =
                extrasOf(record).fields().entrySet().stream()
                        .filter(field -> !worthless(field.getKey(), field.getValue()))
                        .map(
                                field ->
                                        field.getKey()
                                                + "="
                                                + shown(field.getKey(), field.getValue()))
                        .toList();
        if (!lost.isEmpty()) {
            findings.add(
                    new Finding(
                            LEGACY_FIELDS,
                            keyOf(record),
                            "2.x has no place for " + lost,
                            "note them if they matter; they stay with the 1.x data until FINALIZED"
                                    + " and are archived then",
                            false));
        }
    }

    private static String shown(String field, String json) {
        return SECRET.contains(field) ? "***" : json;
    }

    private static boolean worthless(String field, String json) {
        Set<String> defaults = WORTHLESS.get(field);
        return defaults != null && (defaults.isEmpty() || defaults.contains(json));
    }

    private static LegacyExtras extrasOf(RegistryRecord record) {
        if (record instanceof ServiceRecord service) {
            return service.extras();
        }
        if (record instanceof ClusterRecord cluster) {
            return cluster.extras();
        }
        return ((InstanceRecord) record).extras();
    }

    private static String keyOf(RegistryRecord record) {
        if (record instanceof ServiceRecord service) {
            return service.key().text();
        }
        if (record instanceof ClusterRecord cluster) {
            return cluster.key().toString();
        }
        return ((InstanceRecord) record).key().toString();
    }
}
