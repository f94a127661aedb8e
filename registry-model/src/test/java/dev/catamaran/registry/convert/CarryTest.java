package dev.catamaran.registry.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CarryTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "orders");
    private static final ServiceEntry EMPTY = ServiceEntry.of(ServiceRecord.ofDefaults(KEY));

    @Test
    void aPlainServiceIsCarriedWhole() {
        assertThat(Carry.check(EMPTY.withInstance(instance("DEFAULT", false)))).isEmpty();
    }

    @Test
    void oneAddressInTwoClustersBlocks() {
        ServiceEntry entry =
                EMPTY.withInstance(instance("A", false)).withInstance(instance("B", false));

        assertThat(Carry.check(entry))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.rule()).isEqualTo(Carry.SAME_ADDRESS);
                            assertThat(found.key())
                                    .isEqualTo("public##DEFAULT_GROUP@@orders/10.0.0.1:80");
                            assertThat(found.blocking()).isTrue();
                        });
    }

    @Test
    void mixedKindsBlock() {
        InstanceRecord other =
                InstanceRecord.persistent(
                        new InstanceKey(KEY, "10.0.0.2", 80, ""), 1, true, Map.of());

        assertThat(Carry.check(EMPTY.withInstance(instance("A", true)).withInstance(other)))
                .extracting(Carry.Finding::rule)
                .containsExactly(Carry.MIXED_KINDS);
        assertThat(Carry.check(EMPTY.withInstance(instance("A", true)))).isEmpty();
    }

    @Test
    void anIllegalNameBlocks() {
        ServiceKey odd = new ServiceKey("public", "DEFAULT_GROUP", "订单");

        assertThat(Carry.check(ServiceEntry.of(ServiceRecord.ofDefaults(odd))))
                .extracting(Carry.Finding::rule, Carry.Finding::blocking)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Carry.ILLEGAL_NAME, true));
    }

    @Test
    void fieldsWithoutAPlaceAreNamedWhenTheyHoldSomething() {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("owners", "[\"alice\"]");
        fields.put("token", "\"\"");
        fields.put("lastModifiedMillis", "1795301120348");
        ServiceRecord record = ServiceRecord.ofDefaults(KEY).withExtras(new LegacyExtras(fields));

        assertThat(Carry.check(ServiceEntry.of(record)))
                .singleElement()
                .satisfies(
                        found -> {
                            assertThat(found.blocking()).isFalse();
                            assertThat(found.what())
                                    .contains("owners=[\"alice\"]")
                                    .doesNotContain("token");
                        });
    }

    @Test
    void aLabelThatIsAFieldIn2xBlocks() {
        InstanceRecord odd =
                InstanceRecord.persistent(
                        new InstanceKey(KEY, "10.0.0.2", 80, ""),
                        1,
                        true,
                        Map.of("publishInstanceWeight", "3"));

        assertThat(Carry.check(EMPTY.withInstance(odd)))
                .extracting(Carry.Finding::rule, Carry.Finding::blocking)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Carry.RESERVED_LABEL, true));
    }

    @Test
    void aTokenIsNamedAndNotShown() {
        TreeMap<String, String> fields = new TreeMap<>(Map.of("token", "\"s3cret\""));
        ServiceRecord record = ServiceRecord.ofDefaults(KEY).withExtras(new LegacyExtras(fields));

        assertThat(Carry.check(ServiceEntry.of(record)))
                .singleElement()
                .satisfies(
                        found ->
                                assertThat(found.what())
                                        .contains("token=***")
                                        .doesNotContain("s3cret"));
    }

    private static InstanceRecord instance(String cluster, boolean ephemeral) {
        return new InstanceRecord(
                new InstanceKey(KEY, "10.0.0.1", 80, cluster),
                1,
                true,
                true,
                ephemeral,
                new TreeMap<>(),
                "",
                LegacyExtras.NONE);
    }
}
