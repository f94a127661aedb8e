package dev.catamaran.registry.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReconcileTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");
    private static final ServiceRecord SERVICE = ServiceRecord.of(KEY, 0.5f, Map.of("k", "v"));
    private static final InstanceRecord FIRST =
            InstanceRecord.persistent(new InstanceKey(KEY, "1.1.1.1", 80, ""), 1, true, Map.of());
    private static final InstanceRecord MOVED =
            InstanceRecord.persistent(new InstanceKey(KEY, "1.1.1.1", 80, "C2"), 1, true, Map.of());

    private static final ReconcileLimits NOTHING_GOES = new ReconcileLimits(0, 0);

    @Property(tries = 1_000)
    void itsCommandsMakeTheTargetEqualToTheSource(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable source = RegistryTable.of(any.entries(12));
        RegistryTable target = source;
        for (int i = any.upTo(20); i > 0; i--) {
            target = TableEdit.apply(target, any.command());
        }
        ReconcilePlan<RegistryCommand> plan =
                Reconcile.all(source, true, target, ReconcileLimits.CONFIRMED);
        RegistryTable reached = target;
        for (RegistryCommand command : plan.commands()) {
            reached = TableEdit.apply(reached, command);
        }

        assertThat(plan.quarantined()).isEmpty();
        assertThat(reached.entries()).isEqualTo(source.entries());
        assertThat(Reconcile.all(source, true, reached, ReconcileLimits.DEFAULT).isEmpty())
                .isTrue();
        assertThat(plan.isEmpty()).isEqualTo(source.digest().equals(target.digest()));
        assertThat(Diff.between(source, target, 1).isEmpty()).isEqualTo(plan.isEmpty());
    }

    @Property(tries = 1_000)
    void anIncompleteSourceDeletesNothing(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable source = RegistryTable.of(any.entries(6));
        RegistryTable target = RegistryTable.of(any.entries(6));
        ReconcilePlan<RegistryCommand> plan =
                Reconcile.all(source, false, target, ReconcileLimits.CONFIRMED);

        assertThat(plan.commands()).noneMatch(ReconcileTest::isDelete);
        assertThat(plan.because().isEmpty())
                .isEqualTo(plan.quarantined().stream().noneMatch(ReconcileTest::isDelete));
        assertThat(plan.because().isEmpty()).isEqualTo(plan.held() == 0);
    }

    @Property(tries = 1_000)
    void whatIsHeldBackLeavesNoAddressInTwoClusters(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryTable source = onePerAddress(any.entries(6));
        RegistryTable target = onePerAddress(any.entries(6));
        RegistryTable reached = target;
        for (RegistryCommand command :
                Reconcile.all(source, any.upTo(2) == 0, target, NOTHING_GOES).commands()) {
            reached = TableEdit.apply(reached, command);
        }

        assertThat(reached.entries())
                .isEqualTo(onePerAddress(List.copyOf(reached.entries().values())).entries());
    }

    @Test
    void aMoveThatAnIncompleteSourceTellsOfWaitsWhole() {
        RegistryTable source =
                RegistryTable.of(List.of(ServiceEntry.of(SERVICE).withInstance(MOVED)));
        RegistryTable target =
                RegistryTable.of(List.of(ServiceEntry.of(SERVICE).withInstance(FIRST)));

        ReconcilePlan<RegistryCommand> plan = Reconcile.all(source, false, target, NOTHING_GOES);

        assertThat(plan.commands()).isEmpty();
        assertThat(plan.quarantined())
                .containsExactly(
                        new RegistryCommand.RemoveInstance(FIRST.key()),
                        new RegistryCommand.PutInstance(MOVED));
    }

    private static RegistryTable onePerAddress(List<ServiceEntry> entries) {
        List<ServiceEntry> single = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            TreeMap<String, InstanceRecord> first = new TreeMap<>();
            entry.instances().values().forEach(one -> first.putIfAbsent(one.key().address(), one));
            TreeMap<InstanceKey, InstanceRecord> kept = new TreeMap<>();
            first.values().forEach(one -> kept.put(one.key(), one));
            single.add(new ServiceEntry(entry.service(), entry.clusters(), kept));
        }
        return RegistryTable.of(single);
    }

    @Test
    void holdsAMassDeleteBackAndStillPuts() {
        List<ServiceEntry> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(ServiceEntry.of(ServiceRecord.ofDefaults(ServiceKey.of("", "", "s" + i))));
        }
        RegistryTable target = RegistryTable.of(many);
        RegistryTable most = RegistryTable.of(many.subList(0, 80)).with(ServiceEntry.of(SERVICE));
        RegistryTable few = RegistryTable.of(many.subList(0, 79)).with(ServiceEntry.of(SERVICE));

        assertThat(Reconcile.all(most, true, target, ReconcileLimits.DEFAULT).commands())
                .hasSize(21);
        ReconcilePlan<RegistryCommand> held =
                Reconcile.all(few, true, target, ReconcileLimits.DEFAULT);
        assertThat(held.commands()).containsExactly(new RegistryCommand.PutService(SERVICE));
        assertThat(held.quarantined()).hasSize(21);
        assertThat(held.because()).contains("21 of 100 records");
        assertThat(Reconcile.all(few, true, target, new ReconcileLimits(20, 1.0)).quarantined())
                .hasSize(21);
        assertThat(Reconcile.all(few, true, target, new ReconcileLimits(21, 0.21)).quarantined())
                .isEmpty();
    }

    /** House rule: more than 20 % is a mass delete, however few there are. */
    @Test
    void aFifthOfASmallRegistryMayGoAndNoMore() {
        List<ServiceEntry> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(ServiceEntry.of(ServiceRecord.ofDefaults(ServiceKey.of("", "", "s" + i))));
        }
        RegistryTable target = RegistryTable.of(ten);

        assertThat(held(ten.subList(0, 8), target)).isZero();
        assertThat(held(ten.subList(0, 7), target)).isEqualTo(3);
        assertThat(held(List.of(), target)).isEqualTo(10);
        assertThat(held(List.of(), RegistryTable.of(ten.subList(0, 1)))).isEqualTo(1);
    }

    private static long held(List<ServiceEntry> source, RegistryTable target) {
        return Reconcile.all(RegistryTable.of(source), true, target, ReconcileLimits.DEFAULT)
                .held();
    }

    /** Whatever moved, no record is gone; and what is gone must not hide among the moves. */
    @Test
    void aMoveIsNoDeleteAndPassesWhileDeletesAreHeldBack() {
        ServiceEntry before = ServiceEntry.of(SERVICE).withInstance(FIRST);
        ServiceEntry after = ServiceEntry.of(SERVICE).withInstance(MOVED);
        ServiceEntry other =
                ServiceEntry.of(ServiceRecord.ofDefaults(ServiceKey.of("", "", "other")));
        List<RegistryCommand> move =
                List.of(
                        new RegistryCommand.RemoveInstance(FIRST.key()),
                        new RegistryCommand.PutInstance(MOVED));
        RegistryTable source = RegistryTable.of(List.of(after));
        RegistryTable target = RegistryTable.of(List.of(before, other));

        assertThat(Reconcile.all(source, true, target.without(other.key()), NOTHING_GOES))
                .isEqualTo(new ReconcilePlan<>(move, false, List.of(), 0, ""));
        ReconcilePlan<RegistryCommand> plan = Reconcile.all(source, true, target, NOTHING_GOES);
        assertThat(plan.commands()).isEqualTo(move);
        assertThat(plan.quarantined())
                .containsExactly(new RegistryCommand.RemoveService(other.key()));
        assertThat(plan.because()).contains("1 of 3 records would go");

        ReconcilePlan<ViewCommand> ofViews =
                Reconcile.all(view(source), true, view(target), NOTHING_GOES);
        assertThat(ofViews.commands()).isEqualTo(List.<ViewCommand>copyOf(move));
        assertThat(ofViews.held()).isEqualTo(1);
    }

    private static RegistryView view(RegistryTable table) {
        return RegistryView.of(table, List.of(), SwitchRecord.DEFAULTS);
    }

    @Test
    void movesAnAddressToAnotherClusterByDeletingFirst() {
        ServiceEntry before = ServiceEntry.of(SERVICE).withInstance(FIRST);
        ServiceEntry after = ServiceEntry.of(SERVICE).withInstance(MOVED);

        assertThat(Reconcile.service(Optional.of(after), Optional.of(before)))
                .containsExactly(
                        new RegistryCommand.RemoveInstance(FIRST.key()),
                        new RegistryCommand.PutInstance(MOVED));
    }

    @Test
    void putsTheServiceThenItsClustersThenItsInstances() {
        ClusterRecord cluster = ClusterRecord.ofDefaults(new ClusterKey(KEY, "C2"));
        ServiceEntry wanted = ServiceEntry.of(SERVICE).withInstance(MOVED).withCluster(cluster);

        assertThat(Reconcile.service(Optional.of(wanted), Optional.empty()))
                .containsExactly(
                        new RegistryCommand.PutService(SERVICE),
                        new RegistryCommand.PutCluster(cluster),
                        new RegistryCommand.PutInstance(MOVED));
        assertThat(Reconcile.service(Optional.empty(), Optional.of(wanted)))
                .containsExactly(new RegistryCommand.RemoveService(KEY));
        assertThat(Reconcile.service(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void keepsTheTargetsExtrasAndSeesNoDifferenceInThem() {
        LegacyExtras app = extras("app", "\"x\"");
        LegacyExtras tenant = extras("tenant", "\"t\"");
        ServiceEntry target = ServiceEntry.of(SERVICE).withInstance(FIRST.withExtras(app));
        InstanceRecord heavier =
                InstanceRecord.persistent(FIRST.key(), 2, true, Map.of()).withExtras(tenant);
        ServiceEntry source = ServiceEntry.of(SERVICE).withInstance(heavier);
        LegacyExtras both =
                new LegacyExtras(new TreeMap<>(Map.of("app", "\"x\"", "tenant", "\"t\"")));

        assertThat(
                        Reconcile.service(
                                Optional.of(ServiceEntry.of(SERVICE).withInstance(FIRST)),
                                Optional.of(target)))
                .isEmpty();
        assertThat(Reconcile.service(Optional.of(source), Optional.of(target)))
                .containsExactly(new RegistryCommand.PutInstance(heavier.withExtras(both)));
    }

    @Test
    void namesEachFieldThatDiffersAndNoSecret() {
        ClusterKey clusterKey = new ClusterKey(KEY, "C2");
        ClusterRecord left =
                new ClusterRecord(
                        clusterKey,
                        new HealthChecker.Mysql("u", "secret1", "c"),
                        80,
                        true,
                        new TreeMap<>(),
                        LegacyExtras.NONE);
        ClusterRecord right =
                new ClusterRecord(
                        clusterKey,
                        new HealthChecker.Mysql("u", "secret2", "c"),
                        81,
                        true,
                        new TreeMap<>(),
                        LegacyExtras.NONE);
        List<Difference> differences =
                Diff.between(
                        RegistryTable.of(
                                List.of(
                                        ServiceEntry.of(SERVICE)
                                                .withCluster(left)
                                                .withInstance(FIRST))),
                        RegistryTable.of(
                                List.of(
                                        ServiceEntry.of(SERVICE)
                                                .withCluster(right)
                                                .withInstance(MOVED))),
                        10);

        assertThat(differences.stream().map(d -> d.record() + " " + d.kind() + " " + d.field()))
                .containsExactly(
                        "cluster C2 CHANGED checkPort",
                        "cluster C2 CHANGED checker.pwd",
                        "instance 1.1.1.1:80#C2 ADDED ",
                        "instance 1.1.1.1:80#DEFAULT REMOVED ");
        assertThat(differences.get(0).left()).isEqualTo("80");
        assertThat(differences.get(0).right()).isEqualTo("81");
        assertThat(differences.toString()).doesNotContain("secret");
    }

    /** Both instances read "instance h:1#c:2#d"; matched by that text, they would be one. */
    @Test
    void recordsOfOneNameForPeopleAreStillTwo() {
        InstanceRecord one =
                InstanceRecord.persistent(new InstanceKey(KEY, "h:1#c", 2, "d"), 1, true, Map.of());
        InstanceRecord other =
                InstanceRecord.persistent(new InstanceKey(KEY, "h", 1, "c:2#d"), 1, true, Map.of());
        RegistryTable both =
                RegistryTable.of(
                        List.of(ServiceEntry.of(SERVICE).withInstance(one).withInstance(other)));
        RegistryTable left = RegistryTable.of(List.of(ServiceEntry.of(SERVICE).withInstance(one)));
        RegistryTable right =
                RegistryTable.of(List.of(ServiceEntry.of(SERVICE).withInstance(other)));

        assertThat(Diff.between(left, both, 9).stream().map(Difference::kind))
                .containsExactly(Difference.Kind.ADDED);
        assertThat(Diff.between(both, right, 9).stream().map(Difference::kind))
                .containsExactly(Difference.Kind.REMOVED);
        assertThat(Diff.between(left, right, 9).stream().map(Difference::kind))
                .containsExactly(Difference.Kind.ADDED, Difference.Kind.REMOVED);
    }

    @Property(tries = 1_000)
    void hostileNamesHideNoDifference(@ForAll long seed) {
        AnyRecords any = AnyRecords.hostile(seed);
        RegistryTable left = RegistryTable.of(any.entries(4));
        RegistryTable right = left;
        for (int i = any.upTo(6); i > 0; i--) {
            right = TableEdit.apply(right, any.command());
        }
        List<Difference> found = Diff.between(left, right, Integer.MAX_VALUE);
        long added = found.stream().filter(d -> d.kind() == Difference.Kind.ADDED).count();
        long removed = found.stream().filter(d -> d.kind() == Difference.Kind.REMOVED).count();

        assertThat(found.isEmpty()).isEqualTo(left.entries().equals(right.entries()));
        assertThat(added - removed).isEqualTo(right.recordCount() - left.recordCount());
    }

    /** Java 17 cannot check a sealed type in a switch, so this test does. */
    @Test
    void everyKindOfCommandHasARule() {
        List<RegistryCommand> oneOfEach =
                List.of(
                        new RegistryCommand.PutService(SERVICE),
                        new RegistryCommand.RemoveService(KEY),
                        new RegistryCommand.PutCluster(
                                ClusterRecord.ofDefaults(new ClusterKey(KEY, "C"))),
                        new RegistryCommand.RemoveCluster(new ClusterKey(KEY, "C")),
                        new RegistryCommand.PutInstance(FIRST),
                        new RegistryCommand.RemoveInstance(FIRST.key()));

        assertThat(oneOfEach.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(RegistryCommand.class.getPermittedSubclasses());
        for (RegistryCommand command : oneOfEach) {
            RegistryTable once = TableEdit.apply(RegistryTable.EMPTY, command);
            assertThat(TableEdit.apply(once, command)).isSameAs(once);
        }
    }

    private static boolean isDelete(RegistryCommand command) {
        return command.getClass().getSimpleName().startsWith("Remove");
    }

    private static LegacyExtras extras(String name, String json) {
        return new LegacyExtras(new TreeMap<>(Map.of(name, json)));
    }
}
