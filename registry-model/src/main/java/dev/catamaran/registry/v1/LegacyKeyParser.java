package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.NameRules;
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

    static String nameComplaint(String text) {
        boolean known = text.startsWith(LegacyKey.META_PREFIX);
        boolean list =
                text.startsWith(LegacyKey.LIST_PREFIX)
                        && !text.startsWith(LegacyKey.EPHEMERAL_PREFIX);
        if (text.length() > LegacyKey.MAX_LENGTH || !(known || list)) {
            return "";
        }
        String prefix = known ? LegacyKey.META_PREFIX : LegacyKey.LIST_PREFIX;
        return NameRules.legacyComplaint(ServiceKey.parse(text.substring(prefix.length())));
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
        String complaint = NameRules.legacyComplaint(key);
        if (!complaint.isEmpty()) {
            return refused(complaint, whole);
        }
        if (!alsoOld && !key.text().equals(rest)) {
            return refused("not of the form namespace##GROUP@@service", whole);
        }
        return new Decoded.Ok<>(key);
    }

    private static <T> Decoded<T> refused(String what, String key) {
        return Decoded.refused(what + ": " + key, "key");
    }
}
