package dev.catamaran.registry.convert;

import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.NameRules;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.v1.StoredDatums;
import dev.catamaran.registry.v2.GroupPayloads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Between a service as 1.x holds it and as 2.x holds it. Pure, and total: whatever cannot be
 * carried is in the report, and what the report does not name comes back unchanged when it is
 * converted again (spec: upgrade-machinery 7, 8, D20).
 */
public final class Conversion {

    private Conversion() {}

    /** The 2.x form of a 1.x service; empty if its name is none. */
    public static Converted<V2Service> toV2(ServiceEntry entry) {
        List<Loss> losses = new ArrayList<>();
        String complaint = NameRules.complaint(entry.key());
        if (!complaint.isEmpty()) {
            return leftBehind(entry, complaint);
        }
        warn(entry, losses);
        boolean ephemeral = onlyEphemeral(entry);
        SortedMap<String, ClusterRecord> clusters = new TreeMap<>();
        entry.clusters()
                .forEach(
                        (name, cluster) -> {
                            extras(cluster.key().toString(), cluster.extras(), losses);
                            clusters.put(name, cluster.withExtras(LegacyExtras.NONE));
                        });
        SortedMap<String, InstanceRecord> instances = new TreeMap<>();
        for (InstanceRecord instance : entry.instances().values()) {
            if (instance.ephemeral() != ephemeral) {
                losses.add(
                        LossRule.MIXED_KINDS.of(
                                instance.key().toString(),
                                "it is ephemeral and others of the service are not; a 2.x service"
                                        + " has one kind"));
                continue;
            }
            InstanceRecord first = instances.get(instance.key().address());
            if (first != null) {
                losses.add(
                        LossRule.SAME_ADDRESS.of(
                                instance.key().toString(),
                                "its address is also registered in cluster "
                                        + first.key().cluster()
                                        + "; 2.x keeps one instance per address"));
                continue;
            }
            instances.put(instance.key().address(), instance(instance, losses));
        }
        extras(entry.key().text(), entry.service().extras(), losses);
        ServiceRecord service =
                entry.service().withExtras(LegacyExtras.NONE).withEphemeral(ephemeral);
        return new Converted<>(
                Optional.of(new V2Service(service, clusters, instances, new TreeMap<>())),
                new LossReport(losses));
    }

    private static boolean onlyEphemeral(ServiceEntry entry) {
        return !entry.instances().isEmpty()
                && entry.instances().values().stream().allMatch(InstanceRecord::ephemeral);
    }

    private static InstanceRecord instance(InstanceRecord record, List<Loss> losses) {
        extras(record.key().toString(), record.extras(), losses);
        List<String> reserved =
                record.metadata().keySet().stream()
                        .filter(GroupPayloads.RESERVED_LABELS::contains)
                        .toList();
        if (reserved.isEmpty()) {
            return record.withExtras(LegacyExtras.NONE);
        }
        losses.add(
                LossRule.RESERVED_LABEL.of(
                        record.key().toString(),
                        "2.x takes its metadata " + reserved + " for fields of its own"));
        SortedMap<String, String> labels = new TreeMap<>(record.metadata());
        labels.keySet().removeAll(GroupPayloads.RESERVED_LABELS);
        return new InstanceRecord(
                record.key(),
                record.weight(),
                record.enabled(),
                record.healthy(),
                record.ephemeral(),
                labels,
                record.instanceId(),
                LegacyExtras.NONE);
    }

    private static void extras(String record, LegacyExtras extras, List<Loss> losses) {
        List<String> bare = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        LegacyFields.worth(extras)
                .fields()
                .forEach(
                        (field, json) -> {
                            if (field.startsWith(LegacyExtras.LABEL)) {
                                bare.add(field.substring(LegacyExtras.LABEL.length()));
                            } else if (!field.equals(LegacyExtras.DUPLICATE)) {
                                lost.add(LegacyFields.shown(field, json));
                            }
                        });
        if (extras.fields().containsKey(LegacyExtras.DUPLICATE)) {
            losses.add(
                    LossRule.DUPLICATE.of(
                            record, "the service's list has it twice, with different fields"));
        }
        if (!bare.isEmpty()) {
            losses.add(LossRule.NO_TEXT.of(record, "it has labels with no text: " + bare));
        }
        if (!lost.isEmpty()) {
            losses.add(LossRule.LEGACY_FIELDS.of(record, "2.x has no place for " + lost));
        }
    }

    /** What is carried and will be treated in another way by real servers. */
    private static void warn(ServiceEntry entry, List<Loss> losses) {
        if (NameRules.isAmbiguous(entry.key())) {
            ServiceKey other = ServiceKey.of(entry.key().namespace(), "", entry.key().name());
            losses.add(
                    LossRule.NAME_ALIAS.of(
                            entry.key().text(),
                            "its plain name is read as that of the service " + other.text()));
        }
        if (entry.instances().isEmpty()) {
            losses.add(
                    LossRule.EMPTY_SERVICE.of(
                            entry.key().text(),
                            "it has no instances; 2.x servers remove such services"));
        }
        if (entry.instances().isEmpty() && !isBare(entry)) {
            losses.add(
                    LossRule.BARE_SERVICE.of(
                            entry.key().text(),
                            "somebody has set it up, and it has no instances that say its kind"));
        }
        warnOfClusters(entry, losses);
    }

    /** Whether it is as an instance that was registered and removed would leave it. */
    private static boolean isBare(ServiceEntry entry) {
        ServiceRecord plain =
                ServiceRecord.ofDefaults(entry.key())
                        .withExtras(entry.service().extras())
                        .withEphemeral(entry.service().ephemeral());
        return entry.clusters().isEmpty() && entry.service().equals(plain);
    }

    /** Servers of both worlds check these names when a client registers, and only then. */
    private static void warnOfClusters(ServiceEntry entry, List<Loss> losses) {
        SortedSet<String> names = new TreeSet<>(entry.clusters().keySet());
        entry.instances().keySet().forEach(key -> names.add(key.cluster()));
        for (String name : names) {
            if (!NameRules.isClusterName(name)) {
                losses.add(
                        LossRule.ILLEGAL_CLUSTER.of(
                                new ClusterKey(entry.key(), name).toString(),
                                "its name has characters other than letters, digits and '-'"));
            }
        }
    }

    private static <T> Converted<T> leftBehind(ServiceEntry entry, String complaint) {
        return new Converted<>(
                Optional.empty(),
                new LossReport(
                        List.of(
                                LossRule.ILLEGAL_NAME.of(
                                        entry.key().text(),
                                        "its "
                                                + complaint
                                                + "; it has "
                                                + entry.clusters().size()
                                                + " clusters and "
                                                + entry.instances().size()
                                                + " instances"))));
    }

    /** The 1.x form of a 2.x service; empty if its name is none there. */
    public static Converted<ServiceEntry> toV1(V2Service service) {
        ServiceEntry entry = service.entry();
        String complaint = NameRules.legacyComplaint(service.key());
        if (!complaint.isEmpty()) {
            return leftBehind(entry, complaint);
        }
        List<Loss> losses = new ArrayList<>();
        warnOfClusters(entry, losses);
        warnOfWeights(service, losses);
        if (service.service().ephemeral() && service.instances().isEmpty()) {
            losses.add(
                    LossRule.SERVICE_KIND.of(
                            service.key().text(),
                            "it is noted as ephemeral and has no instances; 1.x has no such"
                                    + " field"));
        }
        for (OverrideRecord override : service.overrides().values()) {
            InstanceKey key = override.key();
            if (key.cluster().contains(":")) {
                losses.add(
                        LossRule.OVERRIDE_AMBIGUOUS.of(
                                "override of " + key,
                                "2.x calls it by ip:port:cluster, which is also the name of an"
                                        + " override of another address"));
            }
            InstanceRecord instance = entry.instances().get(key);
            if (instance == null) {
                losses.add(
                        LossRule.OVERRIDE_ALONE.of(
                                "override of " + key, "the instance is not registered"));
            } else {
                losses.add(
                        LossRule.OVERRIDE_LAID_OVER.of(
                                "override of " + key,
                                "1.x keeps what operators set in the instance itself"));
                entry = entry.withInstance(laidOver(instance, override));
            }
        }
        return new Converted<>(
                Optional.of(entry.withService(entry.service().withEphemeral(false))),
                new LossReport(losses));
    }

    /** 1.x servers bound what they answer, not what they store (spec: legacy-raft 8). */
    private static void warnOfWeights(V2Service service, List<Loss> losses) {
        for (InstanceRecord instance : service.instances().values()) {
            OverrideRecord override = service.overrides().get(instance.key());
            double weight = override == null ? instance.weight() : override.weight();
            if (!NameRules.isWeight(weight)) {
                losses.add(
                        LossRule.ODD_WEIGHT.of(
                                instance.key().toString(),
                                "its weight is " + weight + "; 1.x has 0, and 0.01 to 10000"));
            }
        }
    }

    /**
     * What is left behind when services are copied as they were registered, without what operators
     * set: every override that changes its instance, and those of instances that are not there.
     *
     * @param entries the services that are copied, by key
     */
    public static LossReport withoutOverrides(
            Function<ServiceKey, Optional<ServiceEntry>> entries,
            Collection<OverrideRecord> overrides) {
        List<Loss> losses = new ArrayList<>();
        for (OverrideRecord override : overrides) {
            InstanceKey key = override.key();
            InstanceRecord instance =
                    entries.apply(key.service())
                            .map(entry -> entry.instances().get(key))
                            .orElse(null);
            if (instance == null) {
                losses.add(
                        LossRule.OVERRIDE_ALONE.of(
                                "override of " + key, "the instance is not registered"));
            } else if (!laidOver(instance, override).equals(instance)) {
                losses.add(
                        LossRule.OVERRIDE_NOT_MIRRORED.of(
                                "override of " + key,
                                "an operator set weight %s, enabled %s, metadata %s for it"
                                        .formatted(
                                                override.weight(),
                                                override.enabled(),
                                                override.metadata().keySet())));
            }
        }
        return new LossReport(losses);
    }

    /** The instance as 2.x servers answer it (spec: jraft-groups 3.4). */
    private static InstanceRecord laidOver(InstanceRecord instance, OverrideRecord override) {
        SortedMap<String, String> labels = new TreeMap<>(instance.metadata());
        labels.putAll(override.metadata());
        return new InstanceRecord(
                instance.key(),
                override.weight(),
                override.enabled(),
                instance.healthy(),
                instance.ephemeral(),
                labels,
                instance.instanceId(),
                instance.extras());
    }

    /**
     * Files of a home that are not carried: those of the same record as another file, which counts,
     * and those of services whose names no server takes now.
     */
    public static LossReport files(StoredDatums stored) {
        return illegal(stored.illegal()).plus(shadowed(stored));
    }

    /** Datums of services whose names no server takes now: they become no records. */
    public static LossReport illegal(Collection<StoredDatums.Illegal> datums) {
        return new LossReport(
                datums.stream()
                        .map(
                                one ->
                                        LossRule.ILLEGAL_NAME.of(
                                                one.key(),
                                                "its "
                                                        + one.complaint()
                                                        + "; it is stored in "
                                                        + one.file()))
                        .toList());
    }

    private static LossReport shadowed(StoredDatums stored) {
        return new LossReport(
                stored.shadowed().stream()
                        .map(
                                file ->
                                        file.isAlias()
                                                ? LossRule.NAMES_MERGED.of(
                                                        file.key(),
                                                        "it is also stored as "
                                                                + file.storedKey()
                                                                + ", which is the same record; "
                                                                + files(file))
                                                : LossRule.STALE_FILE.of(file.key(), files(file)))
                        .toList());
    }

    private static String files(StoredDatums.Shadowed file) {
        return "of two files, " + file.file() + " and " + file.inFavourOf() + ", the last counts";
    }

    /** Switches that no version this product knows has. */
    public static LossReport switches(SwitchRecord switches) {
        return switches.others().isEmpty()
                ? LossReport.NONE
                : new LossReport(
                        List.of(
                                LossRule.UNKNOWN_SWITCHES.of(
                                        "switches",
                                        "no version checked knows "
                                                + switches.others().keySet()
                                                + "; servers ignore what they do not know")));
    }
}
