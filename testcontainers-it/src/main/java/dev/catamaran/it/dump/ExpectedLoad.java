package dev.catamaran.it.dump;

import java.util.SortedMap;
import java.util.TreeMap;

/** The golden load in the words of a dump. */
final class ExpectedLoad {

    private final SortedMap<String, String> fields = new TreeMap<>();

    void service(String name, int i) {
        String at = "DEFAULT_GROUP@@" + name + "/";
        own(at, Double.parseDouble("%.1f".formatted(0.1 * i)), "team" + i);
        String checker = i % 2 == 0 ? "NONE" : "TCP";
        cluster(at + "cluster/C2/", checker, 8080 + i, false);
        fields.put(at + "cluster/C2/metadata/cm", "c" + i);
        cluster(at + "cluster/DEFAULT/", "TCP", 80, true);
        boolean updated = i % 3 == 0;
        String first = "10.1." + i + ".1:9000";
        instance(at + "instance/C2/" + first + "/", updated ? 7.5 : 1, !updated, "v0");
        if (updated) {
            fields.put(at + "instance/C2/" + first + "/metadata/upd", "1");
        } else {
            fields.put(at + "visible/" + first + "#C2", "true");
        }
        String second = "10.1." + i + ".2:9001";
        instance(at + "instance/DEFAULT/" + second + "/", 2, true, "v1");
        fields.put(at + "visible/" + second + "#DEFAULT", "true");
    }

    static RegistryDump oneMore(RegistryDump before, String name) {
        ExpectedLoad more = new ExpectedLoad();
        more.fields.putAll(before.fields());
        String at = "DEFAULT_GROUP@@" + name + "/";
        more.own(at, 0.2, "late");
        more.cluster(at + "cluster/DEFAULT/", "TCP", 80, true);
        more.instance(at + "instance/DEFAULT/10.1.0.2:9001/", 3, true, "v1");
        more.fields.put(at + "visible/10.1.0.2:9001#DEFAULT", "true");
        return new RegistryDump(more.fields);
    }

    RegistryDump withEmptyService() {
        own("DEFAULT_GROUP@@empty-svc/", 0.3, "nobody");
        return new RegistryDump(fields);
    }

    private void own(String at, double threshold, String owner) {
        fields.put(at + "service/protectThreshold", Double.toString(threshold));
        fields.put(at + "service/selector", "none");
        fields.put(at + "service/metadata/owner", owner);
    }

    private void cluster(String at, String checker, int port, boolean useInstancePort) {
        fields.put(at + "healthChecker/type", checker);
        fields.put(at + "checkPort", Double.toString(port));
        fields.put(at + "useInstancePort", Boolean.toString(useInstancePort));
    }

    private void instance(String at, double weight, boolean enabled, String value) {
        fields.put(at + "weight", Double.toString(weight));
        fields.put(at + "enabled", Boolean.toString(enabled));
        fields.put(at + "ephemeral", "false");
        fields.put(at + "metadata/k", value);
    }
}
