package dev.catamaran.registry.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Records from a seed, drawn from few names, so that histories meet the same record again. */
public final class AnyRecords {

    private static final List<String> NAMESPACES = List.of("public", "ns-1", "ns");
    private static final List<String> GROUPS = List.of("DEFAULT_GROUP", "G", "G-2");
    private static final List<String> NAMES =
            List.of("s", "s1", "s12", "s2", "svc", "providers:com.foo.Bar:1.0.0:");
    private static final List<String> CLUSTERS = List.of("DEFAULT", "C2", "C");
    private static final List<String> ODD_CLUSTERS = List.of("DEFAULT", "a_b", "9:C");
    private static final List<String> IPS = List.of("10.0.0.1", "10.0.0.2", "host-1", "fe80::1");
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "v",
                    "ünï",
                    "a%2B+c",
                    "\"quoted\\",
                    "\n\t",
                    "日本語",
                    "\ud83d\ude00",
                    "{\"$ref\":\"..\"}");
    private static final double[] WEIGHTS = {
        0, -0.0, 0.01, 1, 2, 7.5, 100, 9999.999, 1e4, 20_000, -5, 0.001
    };
    private static final float[] THRESHOLDS = {0, -0.0f, 0.1f, 0.5f, 0.8f, 1};

    /**
     * Names that somebody chose to be taken for others: with the separators of keys inside, with
     * NUL, with halves of surrogate pairs, empty, very long, and look-alikes.
     */
    private static final List<String> HOSTILE =
            List.of(
                    "",
                    "a",
                    "a##b",
                    "b##G@@c",
                    "a@@b",
                    "@@",
                    "##",
                    "1#2",
                    "1:80#a",
                    "a\0",
                    "\0",
                    "\0\0\0\1a",
                    "\ud800",
                    "\udc00",
                    "\ud800\udc00",
                    "?",
                    "\u0430",
                    "e\u0301",
                    "\u00e9",
                    "n".repeat(1_000),
                    "n".repeat(1_000) + "m");

    private final Random random;
    private final List<String> namespaces;
    private final List<String> groups;
    private final List<String> names;
    private final List<String> clusters;
    private final List<String> ips;
    private final List<String> labelNames;

    public AnyRecords(long seed) {
        this.random = new Random(seed);
        this.namespaces = NAMESPACES;
        this.groups = GROUPS;
        this.names = NAMES;
        this.clusters = random.nextInt(4) > 0 ? CLUSTERS : ODD_CLUSTERS;
        this.ips = IPS;
        this.labelNames = List.of("k", "owner", "版");
    }

    private AnyRecords(Random random, List<String> names) {
        this.random = random;
        this.namespaces = names;
        this.groups = names;
        this.names = names;
        this.clusters = names;
        this.ips = names;
        this.labelNames = names;
    }

    /** Records of hostile names, few of them, so that histories meet the same record again. */
    public static AnyRecords hostile(long seed) {
        Random random = new Random(seed);
        return new AnyRecords(
                random,
                Stream.generate(() -> HOSTILE.get(random.nextInt(HOSTILE.size())))
                        .limit(3)
                        .toList());
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public int upTo(int bound) {
        return random.nextInt(bound);
    }

    public ServiceKey serviceKey() {
        return new ServiceKey(oneOf(namespaces), oneOf(groups), oneOf(names));
    }

    public Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.put(oneOf(labelNames), oneOf(TEXTS));
        }
        return labels;
    }

    public ServiceRecord service(ServiceKey key) {
        Selector selector =
                random.nextInt(4) > 0
                        ? new Selector.None()
                        : new Selector.Label(oneOf(TEXTS), new TreeSet<>(labels().keySet()));
        float threshold = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
        return new ServiceRecord(
                key, threshold, new TreeMap<>(labels()), selector, LegacyExtras.NONE);
    }

    public ClusterRecord cluster(ServiceKey service) {
        List<HealthChecker> checkers =
                List.of(
                        new HealthChecker.Tcp(),
                        new HealthChecker.None(),
                        new HealthChecker.Http(oneOf(TEXTS), oneOf(TEXTS), random.nextInt(600)),
                        new HealthChecker.Mysql(oneOf(TEXTS), oneOf(TEXTS), oneOf(TEXTS)));
        return new ClusterRecord(
                new ClusterKey(service, oneOf(clusters)),
                oneOf(checkers),
                random.nextInt(65_536),
                random.nextBoolean(),
                new TreeMap<>(labels()),
                LegacyExtras.NONE);
    }

    public InstanceKey instanceKey(ServiceKey service) {
        return new InstanceKey(service, oneOf(ips), 80 + random.nextInt(2), oneOf(clusters));
    }

    public InstanceRecord instance(ServiceKey service) {
        return new InstanceRecord(
                instanceKey(service),
                WEIGHTS[random.nextInt(WEIGHTS.length)],
                random.nextBoolean(),
                random.nextBoolean(),
                false,
                new TreeMap<>(labels()),
                random.nextInt(4) > 0 ? "" : "" + random.nextInt(3),
                LegacyExtras.NONE);
    }

    /** A service with clusters and instances. */
    public ServiceEntry entry() {
        ServiceKey key = serviceKey();
        ServiceEntry entry = ServiceEntry.of(service(key));
        for (int i = random.nextInt(3); i > 0; i--) {
            entry = entry.withCluster(cluster(key));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            entry = entry.withInstance(instance(key));
        }
        return entry;
    }

    /** A service with what cannot be carried: odd names, kinds, labels and 1.x fields. */
    public ServiceEntry oddEntry() {
        ServiceEntry plain = random.nextInt(8) == 0 ? ServiceEntry.of(service(oddKey())) : entry();
        boolean ephemeral = random.nextInt(4) == 0;
        boolean mixed = random.nextInt(4) == 0;
        ServiceEntry odd =
                ServiceEntry.of(
                        plain.service().withExtras(bareLabel(oddExtras("owners", "enabled"))));
        for (ClusterRecord cluster : plain.clusters().values()) {
            odd = odd.withCluster(cluster.withExtras(bareLabel(oddExtras("sitegroup", "submask"))));
        }
        for (InstanceRecord one : plain.instances().values()) {
            TreeMap<String, String> labels = new TreeMap<>(one.metadata());
            if (random.nextInt(5) == 0) {
                labels.put(oneOf(List.of("publishInstanceWeight", "customInstanceId")), "3");
            }
            odd =
                    odd.withInstance(
                            new InstanceRecord(
                                    one.key(),
                                    one.weight(),
                                    one.enabled(),
                                    one.healthy(),
                                    mixed ? random.nextBoolean() : ephemeral,
                                    labels,
                                    one.instanceId(),
                                    twice(bareLabel(oddExtras("app", "lastBeat")))));
        }
        return odd;
    }

    /** Now and then a label that has no text. */
    private LegacyExtras bareLabel(LegacyExtras extras) {
        return random.nextInt(5) > 0 ? extras : extras.with(LegacyExtras.LABEL + "bare", "null");
    }

    /** Now and then the note that another instance of the same key stood in the list. */
    private LegacyExtras twice(LegacyExtras extras) {
        return random.nextInt(8) > 0 ? extras : extras.with(LegacyExtras.DUPLICATE, "{}");
    }

    private ServiceKey oddKey() {
        return new ServiceKey(
                oneOf(List.of("public", "", "a/b")),
                oneOf(List.of("G", "", "G@", "版")),
                oneOf(List.of("s", "", "a..b", "G@@s", "n".repeat(250), "订单")));
    }

    private LegacyExtras oddExtras(String one, String other) {
        TreeMap<String, String> fields = new TreeMap<>();
        if (random.nextInt(3) == 0) {
            fields.put(one, oneOf(List.of("[]", "[\"me\"]", "\"DEFAULT\"", "\"\"")));
        }
        if (random.nextInt(3) == 0) {
            fields.put(other, oneOf(List.of("true", "false", "17")));
        }
        return new LegacyExtras(fields);
    }

    public OverrideRecord override(InstanceKey key) {
        return new OverrideRecord(
                key,
                WEIGHTS[random.nextInt(WEIGHTS.length)],
                random.nextBoolean(),
                new TreeMap<>(labels()));
    }

    public SwitchRecord switches() {
        SwitchRecord switches = SwitchRecord.DEFAULTS;
        for (int i = random.nextInt(3); i > 0; i--) {
            switches =
                    switches.with(SwitchField.CHECK_TIMES, Integer.toString(1 + random.nextInt(3)));
        }
        return random.nextInt(3) > 0
                ? switches
                : new SwitchRecord(
                        switches.set(), new TreeMap<>(Map.of("later", "" + random.nextInt(2))));
    }

    /** A command for a view: also what operators set, switches, kinds and 1.x fields. */
    public ViewCommand viewCommand() {
        ServiceKey key = serviceKey();
        return switch (random.nextInt(10)) {
            case 0 -> new ViewCommand.PutSwitches(switches());
            case 1 -> new ViewCommand.RemoveOverride(instanceKey(key));
            case 2, 3 -> new ViewCommand.PutOverride(override(instanceKey(key)));
            case 4 ->
                    new RegistryCommand.PutService(
                            service(key)
                                    .withEphemeral(random.nextBoolean())
                                    .withExtras(oddExtras("owners", "enabled")));
            case 5 ->
                    new RegistryCommand.PutInstance(
                            instance(key).withExtras(oddExtras("app", "marked")));
            default -> command();
        };
    }

    public List<ServiceEntry> entries(int most) {
        List<ServiceEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            entries.add(entry());
        }
        return entries;
    }

    public RegistryCommand command() {
        ServiceKey key = serviceKey();
        return switch (random.nextInt(10)) {
            case 0 -> new RegistryCommand.RemoveService(key);
            case 1 -> new RegistryCommand.RemoveCluster(new ClusterKey(key, oneOf(clusters)));
            case 2, 3 -> new RegistryCommand.RemoveInstance(instanceKey(key));
            case 4 -> new RegistryCommand.PutService(service(key));
            case 5, 6 -> new RegistryCommand.PutCluster(cluster(key));
            default -> new RegistryCommand.PutInstance(instance(key));
        };
    }
}
