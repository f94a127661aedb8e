package dev.catamaran.registry.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.decode.Refusal;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v1.StoredDatums;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "orders");
    private static final ServiceEntry EMPTY = ServiceEntry.of(ServiceRecord.ofDefaults(KEY));
    private static final String TEXT = "public##DEFAULT_GROUP@@orders";

    @Test
    void aPlainServiceIsCarriedWhole() {
        ServiceEntry entry = EMPTY.withInstance(instance("DEFAULT", false));
        Converted<V2Service> there = Conversion.toV2(entry);

        assertThat(there.losses()).isEqualTo(LossReport.NONE);
        assertThat(there.value().orElseThrow().entry()).isEqualTo(entry);
        assertThat(Conversion.toV1(there.value().orElseThrow()).value()).contains(entry);
    }

    @Test
    void ofOneAddressInTwoClustersTheFirstIsCarried() {
        ServiceEntry entry =
                EMPTY.withInstance(instance("A", false)).withInstance(instance("B", false));
        Converted<V2Service> there = Conversion.toV2(entry);

        assertThat(there.value().orElseThrow().entry().instances().values())
                .containsExactly(instance("A", false));
        assertThat(there.losses().losses())
                .singleElement()
                .hasToString(
                        "BLOCKING same-address-in-two-clusters "
                                + TEXT
                                + "/10.0.0.1:80#B: its address is also registered in cluster A;"
                                + " 2.x keeps one instance per address. Done: the instance of the"
                                + " first cluster by name is carried, the others are left behind."
                                + " To do: deregister all but one of them.");
    }

    @Test
    void ofMixedKindsThePersistentOnesAreCarried() {
        InstanceRecord other =
                InstanceRecord.persistent(
                        new InstanceKey(KEY, "10.0.0.2", 80, ""), 1, true, Map.of());
        Converted<V2Service> there =
                Conversion.toV2(EMPTY.withInstance(instance("A", true)).withInstance(other));

        assertThat(there.value().orElseThrow().instances().values()).containsExactly(other);
        assertThat(there.value().orElseThrow().service().ephemeral()).isFalse();
        assertThat(only(there.losses(), LossRule.MIXED_KINDS).key())
                .isEqualTo(TEXT + "/10.0.0.1:80#A");
        assertThat(Conversion.toV2(EMPTY.withInstance(instance("A", true))).losses().isEmpty())
                .isTrue();
    }

    @Test
    void aServiceThatNoNewServerWouldCreateIsLeftBehind() {
        ServiceKey odd = new ServiceKey("public", "DEFAULT_GROUP", "订单");
        Converted<V2Service> there =
                Conversion.toV2(ServiceEntry.of(ServiceRecord.ofDefaults(odd)));

        assertThat(there.value()).isEmpty();
        assertThat(only(there.losses(), LossRule.ILLEGAL_NAME).blocking()).isTrue();
    }

    @Test
    void aServiceWhoseNameIsNoFileNameIsLeftBehindOnTheWayDown() {
        ServiceKey odd = ServiceKey.of("", "", "n".repeat(250));
        V2Service service = V2Service.of(ServiceEntry.of(ServiceRecord.ofDefaults(odd)), List.of());
        Converted<ServiceEntry> down = Conversion.toV1(service);

        assertThat(down.value()).isEmpty();
        assertThat(only(down.losses(), LossRule.ILLEGAL_NAME).what()).contains("file name");
    }

    @Test
    void aNameThatIsReadAsAnotherServiceIsCarriedAndBlocks() {
        ServiceKey alias = new ServiceKey("public", "DEFAULT_GROUP", "G@@svc");
        ServiceEntry entry = ServiceEntry.of(ServiceRecord.ofDefaults(alias));
        Converted<V2Service> there = Conversion.toV2(entry);

        assertThat(there.value().orElseThrow().entry()).isEqualTo(entry);
        assertThat(only(there.losses(), LossRule.NAME_ALIAS).what()).contains("public##G@@svc");
        assertThat(only(there.losses(), LossRule.NAME_ALIAS).blocking()).isTrue();
    }

    @Test
    void anEmptyServiceIsCarriedWithAWarning() {
        Converted<V2Service> there = Conversion.toV2(EMPTY);

        assertThat(there.value().orElseThrow().entry()).isEqualTo(EMPTY);
        assertThat(only(there.losses(), LossRule.EMPTY_SERVICE).blocking()).isFalse();
    }

    @Test
    void fieldsWithoutAPlaceAreNamedWhenTheyHoldSomethingAndSecretsAreNotShown() {
        TreeMap<String, String> fields = new TreeMap<>();
        fields.put("owners", "[\"alice\"]");
        fields.put("token", "\"s3cret\"");
        fields.put("appName", "\"\"");
        fields.put("lastModifiedMillis", "1795301120348");
        ServiceRecord record = ServiceRecord.ofDefaults(KEY).withExtras(new LegacyExtras(fields));
        LossReport losses = Conversion.toV2(ServiceEntry.of(record)).losses();

        assertThat(only(losses, LossRule.LEGACY_FIELDS).what())
                .isEqualTo("2.x has no place for [owners=[\"alice\"], token=***]");
    }

    @Test
    void thePasswordOfACheckerOfAnUnknownTypeIsNowhereShown() {
        String json =
                "{\"clusterMap\":{\"C\":{\"healthChecker\":{\"type\":\"PGSQL\",\"pwd\":\"hunter2\"}}}}";
        ServiceEntry entry = ServiceJson.decode(KEY, json).orThrow();
        RegistryView view = RegistryView.EMPTY.with(entry);
        ServiceEntry other = ServiceJson.decode(KEY, json.replace("hunter2", "hunter3")).orThrow();

        assertThat(only(Conversion.toV2(entry).losses(), LossRule.LEGACY_FIELDS).what())
                .isEqualTo("2.x has no place for [healthChecker=***]");
        assertThat(Diff.between(view, RegistryView.EMPTY, 9)).hasSize(2);
        assertThat(Diff.between(view, view.with(other), 9)).hasSize(1);
        for (Object shown :
                List.of(
                        entry,
                        Diff.between(view, RegistryView.EMPTY, 9),
                        Diff.between(view, view.with(other), 9))) {
            assertThat(shown.toString()).doesNotContain("hunter");
        }
        assertThat(ServiceJson.encode(entry)).contains("hunter2");
    }

    @Test
    void namesThatWouldMoveTheCursorAreWrittenAsNumbers() {
        ServiceKey odd = new ServiceKey("public", "DEFAULT_GROUP", "a\n\u001b[2J\u202eb\u2028");
        Loss loss =
                only(
                        Conversion.toV2(ServiceEntry.of(ServiceRecord.ofDefaults(odd))).losses(),
                        LossRule.ILLEGAL_NAME);

        assertThat(loss.key())
                .isEqualTo("public##DEFAULT_GROUP@@a\\u000a\\u001b[2J\\u202eb\\u2028");
        assertThat(new Refusal(odd.name(), odd.name()).toString())
                .doesNotContain("\n", "\u001b", "\u202e", "\u2028");
    }

    @Test
    void labelsThatAreFieldsIn2xAreLeftBehind() {
        InstanceRecord odd =
                InstanceRecord.persistent(
                        new InstanceKey(KEY, "10.0.0.2", 80, ""),
                        1,
                        true,
                        Map.of("publishInstanceWeight", "3", "k", "v"));
        Converted<V2Service> there = Conversion.toV2(EMPTY.withInstance(odd));

        assertThat(there.value().orElseThrow().instances().values())
                .singleElement()
                .satisfies(one -> assertThat(one.metadata()).containsOnlyKeys("k"));
        assertThat(only(there.losses(), LossRule.RESERVED_LABEL).blocking()).isTrue();
    }

    @Test
    void whatAnOperatorSetIsLaidOverTheInstanceOnTheWayDown() {
        InstanceRecord one = instance("DEFAULT", false);
        OverrideRecord override =
                new OverrideRecord(one.key(), 0.5, false, new TreeMap<>(Map.of("k", "v")));
        OverrideRecord alone =
                new OverrideRecord(
                        new InstanceKey(KEY, "10.0.0.9", 80, ""), 1, true, new TreeMap<>());
        Converted<ServiceEntry> down =
                Conversion.toV1(V2Service.of(EMPTY.withInstance(one), List.of(override, alone)));

        assertThat(down.value().orElseThrow().instances().values())
                .containsExactly(
                        InstanceRecord.persistent(one.key(), 0.5, false, Map.of("k", "v")));
        assertThat(only(down.losses(), LossRule.OVERRIDE_LAID_OVER).key())
                .isEqualTo("override of " + one.key());
        assertThat(only(down.losses(), LossRule.OVERRIDE_ALONE).key())
                .isEqualTo("override of " + alone.key());
    }

    @Test
    void aCopyWithoutOverridesNamesThoseThatMatter() {
        InstanceRecord one = instance("DEFAULT", false);
        ServiceEntry entry = EMPTY.withInstance(one);
        OverrideRecord same =
                new OverrideRecord(one.key(), one.weight(), one.enabled(), one.metadata());
        OverrideRecord disabled =
                new OverrideRecord(one.key(), one.weight(), false, new TreeMap<>());
        OverrideRecord alone =
                new OverrideRecord(
                        new InstanceKey(KEY, "10.0.0.9", 80, ""), 1, true, new TreeMap<>());

        assertThat(Conversion.withoutOverrides(key -> Optional.of(entry), List.of(same)).isEmpty())
                .isTrue();
        assertThat(
                        only(
                                        Conversion.withoutOverrides(
                                                key -> Optional.of(entry), List.of(disabled)),
                                        LossRule.OVERRIDE_NOT_MIRRORED)
                                .blocking())
                .isTrue();
        assertThat(
                        only(
                                        Conversion.withoutOverrides(
                                                key -> Optional.empty(), List.of(alone)),
                                        LossRule.OVERRIDE_ALONE)
                                .key())
                .isEqualTo("override of " + alone.key());
    }

    @Test
    void theKindOfAnEmptyServiceIsLostOnTheWayDown() {
        V2Service service =
                V2Service.of(EMPTY.withService(EMPTY.service().withEphemeral(true)), List.of());

        assertThat(only(Conversion.toV1(service).losses(), LossRule.SERVICE_KIND).key())
                .isEqualTo(TEXT);
    }

    @Test
    void twoFilesOfOneRecordAreNamed() {
        String grouped = new LegacyKey.Service(KEY).text();
        String bare = "com.alibaba.nacos.naming.domains.meta.public##orders";
        StoredDatums stored =
                StoredDatums.read(
                                Map.of(
                                        grouped,
                                        new LegacyDatum(grouped, 2, "{}").encode(),
                                        grouped + ".datum",
                                        new LegacyDatum(grouped, 1, "{}").encode(),
                                        bare,
                                        new LegacyDatum(bare, 1, "{}").encode()))
                        .orThrow();

        assertThat(Conversion.files(stored).counts())
                .containsExactly(
                        Map.entry("name-alias-merged", 1),
                        Map.entry("second-file-of-one-record", 1));
        assertThat(only(Conversion.files(stored), LossRule.NAMES_MERGED).what()).contains(bare);
    }

    @Test
    void aFileOfAServiceWithANameThatNoServerTakesNowIsNamed() {
        String bad = "com.alibaba.nacos.naming.domains.meta.public##DEFAULT_GROUP@@订单";
        String good = new LegacyKey.Service(KEY).text();
        StoredDatums stored =
                StoredDatums.read(
                                Map.of(
                                        bad,
                                        new LegacyDatum(bad, 1, "{}").encode(),
                                        good,
                                        new LegacyDatum(good, 1, "{}").encode()))
                        .orThrow();
        Loss loss = only(Conversion.files(stored), LossRule.ILLEGAL_NAME);

        assertThat(stored.datums()).containsOnlyKeys(good);
        assertThat(loss.key()).isEqualTo(bad);
        assertThat(loss.blocking()).isTrue();
        assertThat(LegacyKey.parse(bad).value()).isEmpty();
        assertThat(LegacyKey.parseStored(bad).value()).isEmpty();
    }

    @Test
    void switchesThatNobodyKnowsAreNamed() {
        SwitchRecord odd = new SwitchRecord(new TreeMap<>(), new TreeMap<>(Map.of("later", "1")));

        assertThat(only(Conversion.switches(odd), LossRule.UNKNOWN_SWITCHES).what())
                .contains("[later]");
        assertThat(Conversion.switches(SwitchRecord.DEFAULTS).isEmpty()).isTrue();
    }

    @Test
    void blockingLossesComeFirst() {
        LossReport two =
                Conversion.toV2(
                                EMPTY.withInstance(instance("A", false))
                                        .withInstance(instance("B", false)))
                        .losses();
        LossReport report = Conversion.toV2(EMPTY).losses().plus(two);

        assertThat(report.losses()).extracting(Loss::blocking).containsExactly(true, false);
        assertThat(report.blocking()).hasSize(1);
    }

    @Test
    void no2xServiceHoldsTwoKindsOrTwoInstancesOfOneAddress() {
        ServiceEntry mixed =
                EMPTY.withInstance(instance("A", true))
                        .withInstance(
                                InstanceRecord.persistent(
                                        new InstanceKey(KEY, "b", 1, ""), 1, true, Map.of()));
        ServiceEntry twice =
                EMPTY.withInstance(instance("A", false)).withInstance(instance("B", false));

        assertThatThrownBy(() -> V2Service.of(mixed, List.of()))
                .hasMessageStartingWith("a 2.x service cannot hold");
        assertThatThrownBy(() -> V2Service.of(twice, List.of()))
                .hasMessageStartingWith("a 2.x service cannot hold");
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
