package dev.catamaran.registry.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a conversion carries otherwise than it was, and names. */
class ConversionWarningsTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "orders");
    private static final ServiceEntry EMPTY = ServiceEntry.of(ServiceRecord.ofDefaults(KEY));
    private static final String TEXT = "public##DEFAULT_GROUP@@orders";

    @Test
    void aClusterThatRealServersWouldNotTakeIsCarriedWithAWarning() {
        ServiceEntry entry =
                EMPTY.withInstance(instance("a_b", false))
                        .withCluster(ClusterRecord.ofDefaults(new ClusterKey(KEY, "a_b")));

        assertThat(only(Conversion.toV2(entry).losses(), LossRule.ILLEGAL_CLUSTER).key())
                .isEqualTo(TEXT + "/a_b");
    }

    /** A cluster that instances merely name has no record, and the same fate. */
    @Test
    void aClusterThatRealServersWouldNotTakeIsNamedOnTheWayDownToo() {
        V2Service service = V2Service.of(EMPTY.withInstance(instance("a_b", false)), List.of());
        Converted<ServiceEntry> down = Conversion.toV1(service);

        assertThat(only(down.losses(), LossRule.ILLEGAL_CLUSTER).key()).isEqualTo(TEXT + "/a_b");
        assertThat(down.value()).contains(service.entry());
    }

    @ParameterizedTest
    @CsvSource({"20000,true", "-5,true", "0.001,true", "0,false", "0.01,false", "10000,false"})
    void aWeightThat1xServersWouldNotAnswerIsNamed(double weight, boolean named) {
        InstanceKey key = new InstanceKey(KEY, "10.0.0.1", 80, "");
        InstanceRecord heavy = InstanceRecord.persistent(key, weight, true, Map.of());
        InstanceRecord plain = InstanceRecord.persistent(key, 1, true, Map.of());
        OverrideRecord set = new OverrideRecord(key, weight, true, new TreeMap<>());
        V2Service own = V2Service.of(EMPTY.withInstance(heavy), List.of());
        V2Service laidOver = V2Service.of(EMPTY.withInstance(plain), List.of(set));

        for (V2Service service : List.of(own, laidOver)) {
            Converted<ServiceEntry> down = Conversion.toV1(service);
            assertThat(down.losses().counts().getOrDefault("weight-out-of-range", 0))
                    .isEqualTo(named ? 1 : 0);
            assertThat(down.value().orElseThrow().instances()).containsEntry(key, heavy);
        }
    }

    @Test
    void aLabelWithoutTextIsNamedAndComesBackToThe1xFile() {
        String json = "{\"metadata\":{\"zone\":null,\"size\":5,\"ok\":true,\"k\":\"v\"}}";
        ServiceEntry entry = ServiceJson.decode(KEY, json).orThrow();
        Converted<V2Service> there = Conversion.toV2(entry);

        assertThat(only(there.losses(), LossRule.NO_TEXT).what()).endsWith("[zone]");
        assertThat(there.value().orElseThrow().service().metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("size", "5", "ok", "true", "k", "v"));
        assertThat(ServiceJson.encode(entry)).contains("\"zone\":null");
        assertThat(
                        ServiceJson.decode(KEY, ServiceJson.encode(entry))
                                .orThrow()
                                .service()
                                .metadata())
                .isEqualTo(entry.service().metadata());
    }

    @Test
    void anInstanceThatAListHasTwiceIsNamedIfTheTwoDiffer() {
        String one = "{\"ip\":\"10.0.0.1\",\"port\":80,\"weight\":1.0,\"lastBeat\":1}";
        String other = "{\"ip\":\"10.0.0.1\",\"port\":80,\"weight\":2.0,\"lastBeat\":2}";
        ServiceEntry twice = listed(one + "," + other);
        Converted<V2Service> there = Conversion.toV2(twice);

        assertThat(only(there.losses(), LossRule.DUPLICATE).key())
                .isEqualTo(TEXT + "/10.0.0.1:80#DEFAULT");
        assertThat(there.value().orElseThrow().instances().values())
                .singleElement()
                .satisfies(kept -> assertThat(kept.weight()).isEqualTo(2));
        assertThat(Conversion.toV2(listed(one + "," + one)).losses().isEmpty()).isTrue();
        for (String last : List.of(one, other, one + "," + one, other + "," + other)) {
            ServiceEntry more = listed(one + "," + other + "," + last);

            assertThat(only(Conversion.toV2(more).losses(), LossRule.DUPLICATE).key())
                    .as(last)
                    .isEqualTo(TEXT + "/10.0.0.1:80#DEFAULT");
        }
    }

    private static ServiceEntry listed(String instances) {
        return new ServiceEntry(
                EMPTY.service(),
                new TreeMap<>(),
                InstancesJson.decode(KEY, "{\"instanceList\":[" + instances + "]}").orThrow());
    }

    @Test
    void minusZeroIsZeroInBothWorlds() {
        ServiceRecord tiny =
                ServiceJson.decode(KEY, "{\"protectThreshold\":-1e-60}").orThrow().service();
        InstanceKey key = new InstanceKey(KEY, "10.0.0.1", 80, "");
        InstanceRecord instance = InstanceRecord.persistent(key, -0.0, true, Map.of());

        assertThat(tiny).isEqualTo(ServiceRecord.ofDefaults(KEY).withExtras(tiny.extras()));
        assertThat(GroupPayloads.decodeService(GroupPayloads.encodeService(tiny, List.of())))
                .isEqualTo(new Decoded.Ok<>(EMPTY));
        assertThat(GroupPayloads.decodeInstance(GroupPayloads.encodeInstance(instance, 1)))
                .isEqualTo(new Decoded.Ok<>(instance));
    }

    /** D20 (e): what is set up before its first instance becomes ephemeral on real 2.0 servers. */
    @Test
    void anEmptyServiceThatSomebodyHasSetUpIsCarriedAsPersistentWithAWarning() {
        ServiceEntry labelled = EMPTY.withService(ServiceRecord.of(KEY, 0, Map.of("k", "v")));
        ServiceEntry clustered =
                EMPTY.withCluster(ClusterRecord.ofDefaults(new ClusterKey(KEY, "C")));

        for (ServiceEntry entry : List.of(labelled, clustered)) {
            Converted<V2Service> there = Conversion.toV2(entry);
            assertThat(only(there.losses(), LossRule.BARE_SERVICE).key()).isEqualTo(TEXT);
            assertThat(only(there.losses(), LossRule.EMPTY_SERVICE).blocking()).isFalse();
            assertThat(there.value().orElseThrow().service().ephemeral()).isFalse();
        }
        assertThat(Conversion.toV2(EMPTY).losses().counts()).containsOnlyKeys("empty-service");
        assertThat(
                        Conversion.toV2(labelled.withInstance(instance("DEFAULT", false)))
                                .losses()
                                .isEmpty())
                .isTrue();
    }

    @Test
    void anOverrideWhoseNameIsThatOfAnotherIsNamedAndNeverWritten() {
        InstanceRecord one = instance("9:C", false);
        OverrideRecord odd = new OverrideRecord(one.key(), 2, true, new TreeMap<>());
        Converted<ServiceEntry> down =
                Conversion.toV1(V2Service.of(EMPTY.withInstance(one), List.of(odd)));

        assertThat(only(down.losses(), LossRule.OVERRIDE_AMBIGUOUS).key())
                .isEqualTo("override of " + one.key());
        assertThat(down.value().orElseThrow().instances().get(one.key()).weight()).isEqualTo(2);
        assertThatThrownBy(() -> GroupPayloads.encodeOverride(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9:C");
        assertThatThrownBy(() -> SnapshotBodies.encodeOverrides(List.of(odd), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIllegalNameInALogOfTheKeyValueGroupIsNamed() {
        String bad = LegacyKey.META_PREFIX + "public##DEFAULT_GROUP@@订单";
        String good = new LegacyKey.Service(KEY).text();
        byte[] written =
                BatchRequests.encodeWrite(
                        List.of(new LegacyDatum(bad, 1, "{}"), new LegacyDatum(good, 1, "{}")));
        BatchRequests.Logged<LegacyDatum> read = BatchRequests.decodeLoggedWrite(written).orThrow();

        assertThat(read.legal()).extracting(LegacyDatum::key).containsExactly(good);
        Loss loss = only(Conversion.illegal(read.illegal()), LossRule.ILLEGAL_NAME);
        assertThat(loss.key()).isEqualTo(bad);
        assertThat(loss.what()).endsWith("it is stored in naming_persistent_service");
        assertThat(loss.advice()).isNotBlank();
        assertThat(BatchRequests.decodeWrite(written)).isInstanceOf(Decoded.Refused.class);
    }

    private static Loss only(LossReport report, LossRule rule) {
        List<Loss> found =
                report.losses().stream().filter(loss -> loss.rule().equals(rule.id())).toList();
        assertThat(found).as(report.toString()).hasSize(1);
        return found.get(0);
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
