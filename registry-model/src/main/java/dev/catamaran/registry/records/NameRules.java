package dev.catamaran.registry.records;

import java.util.regex.Pattern;

/**
 * What real servers take as names (spec: legacy-raft 5.2 and 9.2, upgrade-machinery D20, D39). Both
 * worlds check services the same way when a client creates one; only 1.x makes file names of them.
 */
public final class NameRules {

    /** Longest key of a 1.x record: its node must be able to use it as a file name. */
    public static final int MAX_LEGACY_KEY = 255;

    /** What stands before {@code namespace##GROUP@@name} in the longer of a service's two keys. */
    public static final String LEGACY_META_PREFIX = "com.alibaba.nacos.naming.domains.meta.";

    private static final double LEAST_WEIGHT = 0.01;
    private static final double LARGEST_WEIGHT = 10_000;

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern GROUP_OR_NAME = Pattern.compile("[0-9a-zA-Z@.:_-]+");
    private static final Pattern CLUSTER = Pattern.compile("[0-9a-zA-Z-]+");

    private NameRules() {}

    /** What is wrong with a service's names in either world; empty if nothing. */
    public static String complaint(ServiceKey key) {
        if (!NAMESPACE.matcher(key.namespace()).matches()) {
            return "namespace is not made of 1 to 128 letters, digits, '_' and '-'";
        }
        if (!GROUP_OR_NAME.matcher(key.group()).matches()) {
            return "group has characters other than letters, digits and @ . : _ -";
        }
        if (!GROUP_OR_NAME.matcher(key.name()).matches()) {
            return "service name has characters other than letters, digits and @ . : _ -";
        }
        if (!ServiceKey.parse(key.text()).equals(key)) {
            return "group contains " + ServiceKey.GROUP_SEPARATOR + " or ends with '@'";
        }
        return "";
    }

    /** What is wrong with a service's names as 1.x names; empty if nothing. */
    public static String legacyComplaint(ServiceKey key) {
        String complaint = complaint(key);
        if (!complaint.isEmpty()) {
            return complaint;
        }
        if (key.group().contains("..") || key.name().contains("..")) {
            return "group or service name contains '..'";
        }
        if (LEGACY_META_PREFIX.length() + key.text().length() > MAX_LEGACY_KEY) {
            return "makes a file name longer than " + MAX_LEGACY_KEY + " characters";
        }
        return "";
    }

    /**
     * Whether a plain service name is read as another service's: what stands before {@value
     * ServiceKey#GROUP_SEPARATOR} in it is taken for a group.
     */
    public static boolean isAmbiguous(ServiceKey key) {
        return key.name().contains(ServiceKey.GROUP_SEPARATOR);
    }

    /** Whether 1.x servers take an instance's weight as it is. */
    public static boolean isWeight(double weight) {
        return weight == 0 || (weight >= LEAST_WEIGHT && weight <= LARGEST_WEIGHT);
    }

    /** Whether real servers of both worlds take the cluster's name. */
    public static boolean isClusterName(String name) {
        return CLUSTER.matcher(name).matches();
    }
}
