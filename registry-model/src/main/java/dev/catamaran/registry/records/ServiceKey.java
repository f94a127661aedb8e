package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

/**
 * Identity of a service in both worlds: namespace id, group, and name without its group.
 *
 * @param namespace namespace id; {@code public} is the default one
 * @param group group name; {@code DEFAULT_GROUP} is the default one
 * @param name service name without the {@code GROUP@@} prefix
 */
public record ServiceKey(String namespace, String group, String name)
        implements Comparable<ServiceKey> {

    public static final String DEFAULT_NAMESPACE = "public";
    public static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    /** What stands between group and name in a grouped service name. */
    public static final String GROUP_SEPARATOR = "@@";

    /** What stands between namespace and grouped name in {@link #text()}. */
    public static final String NAMESPACE_SEPARATOR = "##";

    public ServiceKey {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(group, "group is null");
        requireNonNull(name, "name is null");
    }

    /**
     * The key of a service named as clients name it.
     *
     * @param namespace namespace id; blank means {@value #DEFAULT_NAMESPACE}
     * @param group group used when {@code name} carries none; blank means {@value #DEFAULT_GROUP}
     * @param name plain or grouped ({@code GROUP@@name}) service name
     */
    public static ServiceKey of(String namespace, String group, String name) {
        String inNamespace = namespace.isBlank() ? DEFAULT_NAMESPACE : namespace;
        int at = name.indexOf(GROUP_SEPARATOR);
        if (at >= 0) {
            String ownGroup = name.substring(0, at);
            return new ServiceKey(
                    inNamespace,
                    ownGroup.isBlank() ? DEFAULT_GROUP : ownGroup,
                    name.substring(at + GROUP_SEPARATOR.length()));
        }
        return new ServiceKey(inNamespace, group.isBlank() ? DEFAULT_GROUP : group, name);
    }

    /** {@code GROUP@@name}, the form in which 1.x names a service everywhere. */
    public String grouped() {
        return group + GROUP_SEPARATOR + name;
    }

    /** {@code namespace##GROUP@@name}, the form inside 1.x datum keys and in our own listings. */
    public String text() {
        return namespace + NAMESPACE_SEPARATOR + grouped();
    }

    /** The inverse of {@link #text()}; a text without a namespace or group gets the defaults. */
    public static ServiceKey parse(String text) {
        int at = text.indexOf(NAMESPACE_SEPARATOR);
        return at < 0
                ? of("", "", text)
                : of(text.substring(0, at), "", text.substring(at + NAMESPACE_SEPARATOR.length()));
    }

    @Override
    public int compareTo(ServiceKey other) {
        int order = compare(namespace, other.namespace);
        order = order != 0 ? order : compare(group, other.group);
        return order != 0 ? order : compare(name, other.name);
    }

    /** Tables compare keys that share their texts; {@code String} would look at every letter. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    static int compare(String one, String other) {
        return one == other ? 0 : one.compareTo(other);
    }

    @Override
    public String toString() {
        return text();
    }
}
