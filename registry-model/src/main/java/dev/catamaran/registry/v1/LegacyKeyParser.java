package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ServiceKey;

/** The grammar of {@link LegacyKey}. */
final class LegacyKeyParser {

    private LegacyKeyParser() {}

    static Decoded<LegacyKey> parse(String text, boolean alsoOld) {
        if (text.length() > LegacyKey.MAX_LENGTH) {
            return refused("longer than " + LegacyKey.MAX_LENGTH + " characters", text);
        }
        if (text.equals(LegacyKey.SWITCH_KEY)) {
            return new Decoded.Ok<>(new LegacyKey.Switches());
        }
        if (text.startsWith(LegacyKey.EPHEMERAL_PREFIX)) {
            return refused("ephemeral keys do not belong into the raft", text);
        }
        if (text.startsWith(LegacyKey.META_PREFIX)) {
            String rest = text.substring(LegacyKey.META_PREFIX.length());
            return service(rest, text, alsoOld).map(LegacyKey.Service::new);
        }
        if (text.startsWith(LegacyKey.LIST_PREFIX)) {
            String rest = text.substring(LegacyKey.LIST_PREFIX.length());
            return service(rest, text, alsoOld).map(LegacyKey.Instances::new);
        }
        return refused("not a datum key", text);
    }

    static Decoded<ServiceKey> parseEphemeral(String text) {
        if (text.length() > LegacyKey.MAX_LENGTH + LegacyKey.EPHEMERAL_PREFIX.length()
                || !text.startsWith(LegacyKey.EPHEMERAL_PREFIX)) {
            return refused("no key of ephemeral instances", text);
        }
        return service(text.substring(LegacyKey.EPHEMERAL_PREFIX.length()), text, false);
    }

    private static Decoded<ServiceKey> service(String rest, String whole, boolean alsoOld) {
        ServiceKey key = ServiceKey.parse(rest);
        String complaint = complaint(key);
        if (!complaint.isEmpty()) {
            return refused(complaint, whole);
        }
        if (!alsoOld && !key.text().equals(rest)) {
            return refused("not of the form namespace##GROUP@@service", whole);
        }
        return new Decoded.Ok<>(key);
    }

    static String complaint(ServiceKey key) {
        if (!LegacyKey.NAMESPACE.matcher(key.namespace()).matches()) {
            return "namespace is not made of 1 to 128 letters, digits, '_' and '-'";
        }
        if (!LegacyKey.GROUP_OR_NAME.matcher(key.group()).matches()) {
            return "group has characters other than letters, digits and @ . : _ -";
        }
        if (!LegacyKey.GROUP_OR_NAME.matcher(key.name()).matches()) {
            return "service name has characters other than letters, digits and @ . : _ -";
        }
        if (!ServiceKey.parse(key.text()).equals(key)) {
            return "group contains " + ServiceKey.GROUP_SEPARATOR + " or ends with '@'";
        }
        if (key.group().contains("..") || key.name().contains("..")) {
            return "group or service name contains '..'";
        }
        int length = LegacyKey.META_PREFIX.length() + key.text().length();
        if (length > LegacyKey.MAX_LENGTH) {
            return "makes a file name longer than " + LegacyKey.MAX_LENGTH + " characters";
        }
        return "";
    }

    private static <T> Decoded<T> refused(String what, String key) {
        return Decoded.refused(what + ": " + key, "key");
    }
}
