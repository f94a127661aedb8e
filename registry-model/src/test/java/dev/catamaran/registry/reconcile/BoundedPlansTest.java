package dev.catamaran.registry.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.AnyRecords;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Plans of no more than so many commands, for tables and for whole views. */
class BoundedPlansTest {

    private static final ServiceKey KEY = ServiceKey.of("", "", "svc");
    private static final ServiceRecord SERVICE = ServiceRecord.of(KEY, 0.5f, Map.of("k", "v"));
    private static final ClusterRecord CLUSTER =
            ClusterRecord.ofDefaults(new ClusterKey(KEY, "C2"));
    private static final InstanceRecord INSTANCE =
            InstanceRecord.persistent(new InstanceKey(KEY, "1.1.1.1", 80, ""), 1, true, Map.of());
    private static final InstanceRecord MOVED =
            InstanceRecord.persistent(new InstanceKey(KEY, "1.1.1.1", 80, "C2"), 1, true, Map.of());
    private static final OverrideRecord OVERRIDE =
            new OverrideRecord(INSTANCE.key(), 2, false, new TreeMap<>());
    private static final SwitchRecord QUIET =
            SwitchRecord.DEFAULTS.with(SwitchField.PUSH_ENABLED, "false");

    @Property(tries = 1_000)
    void plansOfAnySizeOneAfterAnotherMakeTheTargetEqual(@ForAll long seed) {
        AnyRecords any = seed % 2 == 0 ? new AnyRecords(seed) : AnyRecords.hostile(seed);
        RegistryTable source = RegistryTable.of(any.entries(12));
        RegistryTable target = RegistryTable.of(any.entries(12));
        ReconcileLimits limits = ReconcileLimits.CONFIRMED.withMaxCommands(1 + any.upTo(9));
        List<RegistryCommand> whole =
                Reconcile.all(source, true, target, ReconcileLimits.CONFIRMED).commands();
        List<RegistryCommand> done = new ArrayList<>();
        boolean more = true;
        for (int plans = 0; more; plans++) {
            ReconcilePlan<RegistryCommand> plan = Reconcile.all(source, true, target, limits);
            assertThat(plan.commands()).hasSizeLessThanOrEqualTo(limits.maxCommands());
            assertThat(plan.more()).isEqualTo(done.size() + plan.commands().size() < whole.size());
            assertThat(plans).isLessThanOrEqualTo(whole.size());
            for (RegistryCommand command : plan.commands()) {
                target = TableEdit.apply(target, command);
            }
            done.addAll(plan.commands());
            more = plan.more();
        }

        assertThat(done).isEqualTo(whole);
        assertThat(target.entries()).isEqualTo(source.entries());
    }

    @Property(tries = 1_000)
    void plansOfAnySizeMakeAWholeViewEqual(@ForAll long seed) {
        AnyRecords any = seed % 2 == 0 ? new AnyRecords(seed) : AnyRecords.hostile(seed);
        RegistryView source = view(any, RegistryView.EMPTY);
        RegistryView target = view(any, any.upTo(2) == 0 ? source : RegistryView.EMPTY);
        boolean equal = source.digest().equals(target.digest());
        ReconcileLimits limits = ReconcileLimits.CONFIRMED.withMaxCommands(1 + any.upTo(9));
        assertThat(Diff.between(source, target, 1).isEmpty()).isEqualTo(equal);
        assertThat(Reconcile.all(source, true, target, limits).isEmpty()).isEqualTo(equal);
        boolean more = true;
        for (int plans = 0; more; plans++) {
            ReconcilePlan<ViewCommand> plan = Reconcile.all(source, true, target, limits);
            assertThat(plan.commands()).hasSizeLessThanOrEqualTo(limits.maxCommands());
            assertThat(plan.quarantined()).isEmpty();
            assertThat(plans).isLessThan(1_000);
            for (ViewCommand command : plan.commands()) {
                target = TableEdit.apply(target, command);
            }
            more = plan.more();
        }

        assertThat(target.digest()).isEqualTo(source.digest());
        assertThat(Diff.between(source, target, 1)).isEmpty();
        assertThat(Reconcile.all(source, true, target, limits).isEmpty()).isTrue();
    }

    private static RegistryView view(AnyRecords any, RegistryView from) {
        RegistryView view = from;
        for (int i = any.upTo(30); i > 0; i--) {
            view = TableEdit.apply(view, any.viewCommand());
        }
        return view;
    }

    @Property(tries = 1_000)
    void anIncompleteSourceTakesNothingFromAView(@ForAll long seed) {
        AnyRecords any = new AnyRecords(seed);
        RegistryView source = view(any, RegistryView.EMPTY);
        RegistryView target = view(any, RegistryView.EMPTY);
        ReconcilePlan<ViewCommand> plan =
                Reconcile.all(source, false, target, ReconcileLimits.CONFIRMED);
        RegistryView after = target;
        for (ViewCommand command : plan.commands()) {
            after = TableEdit.apply(after, command);
        }

        assertThat(plan.commands()).noneMatch(PlanBuilder::takesAway);
        assertThat(plan.because().isEmpty()).isEqualTo(plan.held() == 0);
        assertThat(after.recordCount()).isGreaterThanOrEqualTo(target.recordCount());
        assertThat(after.switches().others().keySet())
                .containsAll(target.switches().others().keySet());
    }

    @Test
    void ofOneServiceDeletesComeFirstAndOverridesLast() {
        RegistryView source =
                RegistryView.EMPTY
                        .with(ServiceEntry.of(SERVICE).withCluster(CLUSTER).withInstance(MOVED))
                        .with(new OverrideRecord(MOVED.key(), 3, true, new TreeMap<>()))
                        .with(QUIET);
        RegistryView target =
                RegistryView.EMPTY
                        .with(ServiceEntry.of(ServiceRecord.ofDefaults(KEY)).withInstance(INSTANCE))
                        .with(OVERRIDE);

        assertThat(Reconcile.all(source, true, target, ReconcileLimits.DEFAULT).commands())
                .containsExactly(
                        new ViewCommand.PutSwitches(QUIET),
                        new ViewCommand.RemoveOverride(INSTANCE.key()),
                        new RegistryCommand.RemoveInstance(INSTANCE.key()),
                        new RegistryCommand.PutService(SERVICE),
                        new RegistryCommand.PutCluster(CLUSTER),
                        new RegistryCommand.PutInstance(MOVED),
                        new ViewCommand.PutOverride(
                                new OverrideRecord(MOVED.key(), 3, true, new TreeMap<>())));
        assertThat(
                        Reconcile.all(RegistryView.EMPTY, true, target, ReconcileLimits.CONFIRMED)
                                .commands())
                .containsExactly(
                        new ViewCommand.RemoveOverride(INSTANCE.key()),
                        new RegistryCommand.RemoveService(KEY));
    }

    @Test
    void theKindOfAServiceIsCarriedBetweenViews() {
        RegistryView source = RegistryView.EMPTY.with(ServiceEntry.of(SERVICE.withEphemeral(true)));
        RegistryView target = RegistryView.EMPTY.with(ServiceEntry.of(SERVICE));

        assertThat(Reconcile.all(source, true, target, ReconcileLimits.DEFAULT).commands())
                .containsExactly(new RegistryCommand.PutService(SERVICE.withEphemeral(true)));
        assertThat(Diff.between(source, target, 9))
                .containsExactly(
                        new Difference(
                                KEY,
                                "service",
                                Difference.Kind.CHANGED,
                                "ephemeral",
                                "true",
                                "false"));
    }

    @Test
    void namesTheFieldsInWhichOverridesAndSwitchesDiffer() {
        RegistryView left = RegistryView.EMPTY.with(OVERRIDE).with(QUIET);
        RegistryView right =
                RegistryView.EMPTY.with(
                        new OverrideRecord(
                                INSTANCE.key(), 2, true, new TreeMap<>(Map.of("a", "b"))));

        assertThat(Diff.between(left, right, 9).stream().map(BoundedPlansTest::line))
                .containsExactly(
                        "public##DEFAULT_GROUP@@00-00---000-NACOS_SWITCH_DOMAIN-000---00-00"
                                + " switches CHANGED pushEnabled false true",
                        KEY + " override of 1.1.1.1:80#DEFAULT CHANGED enabled false true",
                        KEY + " override of 1.1.1.1:80#DEFAULT CHANGED metadata.a  b");
        assertThat(Diff.between(left, RegistryView.EMPTY.with(QUIET), 9))
                .singleElement()
                .satisfies(
                        gone -> {
                            assertThat(gone.kind()).isEqualTo(Difference.Kind.REMOVED);
                            assertThat(gone.left()).isEqualTo("{enabled=false, weight=2.0}");
                        });
    }

    private static String line(Difference one) {
        return one.service()
                + " "
                + one.record()
                + " "
                + one.kind()
                + " "
                + one.field()
                + " "
                + one.left()
                + " "
                + one.right();
    }

    @Test
    void aMassDeleteOfOverridesIsHeldBack() {
        RegistryView target = RegistryView.EMPTY;
        for (int i = 0; i < 100; i++) {
            InstanceKey key = new InstanceKey(KEY, "10.0.0." + i, 80, "");
            target = target.with(new OverrideRecord(key, 1, false, new TreeMap<>()));
        }
        ReconcilePlan<ViewCommand> held =
                Reconcile.all(RegistryView.EMPTY, true, target, ReconcileLimits.DEFAULT);

        assertThat(held.commands()).isEmpty();
        assertThat(held.quarantined()).hasSize(100);
        assertThat(held.because()).contains("mass delete").contains("100 of 100");
    }

    @Test
    void aMassDeleteDoesNotPassInSmallPlans() {
        List<ServiceEntry> many = services(100);
        RegistryTable target = RegistryTable.of(many);
        RegistryTable source = RegistryTable.of(many.subList(0, 50));
        ReconcilePlan<RegistryCommand> plan =
                Reconcile.all(source, true, target, ReconcileLimits.DEFAULT.withMaxCommands(5));

        assertThat(plan.commands()).isEmpty();
        assertThat(plan.more()).isFalse();
        assertThat(plan.quarantined()).hasSize(5);
        assertThat(plan.held()).isEqualTo(50);
        assertThat(plan.because()).contains("50 of 100");
    }

    @Test
    void switchesOfAnIncompleteSourceResetNothing() {
        RegistryView target = RegistryView.EMPTY.with(QUIET);
        RegistryView other =
                RegistryView.EMPTY.with(SwitchRecord.DEFAULTS.with(SwitchField.CHECK_TIMES, "7"));
        RegistryView both = RegistryView.EMPTY.with(QUIET.with(SwitchField.CHECK_TIMES, "7"));
        UnaryOperator<RegistryView> reached =
                source -> {
                    RegistryView after = target;
                    for (ViewCommand command :
                            Reconcile.all(source, false, target, ReconcileLimits.DEFAULT)
                                    .commands()) {
                        after = TableEdit.apply(after, command);
                    }
                    return after;
                };

        assertThat(reached.apply(RegistryView.EMPTY).switches()).isEqualTo(QUIET);
        assertThat(reached.apply(other).switches()).isEqualTo(QUIET);
        assertThat(reached.apply(both).switches()).isEqualTo(both.switches());
        assertThat(Reconcile.all(other, false, target, ReconcileLimits.DEFAULT).because())
                .contains("switches");
    }

    @Test
    void oneServiceIsCutOnlyIfItAloneIsTooMuch() {
        ServiceEntry moved = ServiceEntry.of(SERVICE).withCluster(CLUSTER).withInstance(MOVED);
        ServiceEntry before = ServiceEntry.of(SERVICE).withCluster(CLUSTER).withInstance(INSTANCE);
        ServiceEntry first = ServiceEntry.of(ServiceRecord.ofDefaults(ServiceKey.of("", "", "a")));
        RegistryTable source = RegistryTable.of(List.of(first, moved));
        RegistryTable target = RegistryTable.of(List.of(before));

        ReconcilePlan<RegistryCommand> two =
                Reconcile.all(source, true, target, ReconcileLimits.DEFAULT.withMaxCommands(2));
        ReconcilePlan<RegistryCommand> one =
                Reconcile.all(
                        source.without(first.key()),
                        true,
                        target,
                        ReconcileLimits.DEFAULT.withMaxCommands(1));

        assertThat(two.commands()).containsExactly(new RegistryCommand.PutService(first.service()));
        assertThat(two.more()).isTrue();
        assertThat(one.commands())
                .containsExactly(new RegistryCommand.RemoveInstance(INSTANCE.key()));
        assertThat(one.more()).isTrue();
        assertThatThrownBy(() -> ReconcileLimits.DEFAULT.withMaxCommands(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Java 17 cannot check a sealed type in a switch, so this test does. */
    @Test
    void everyKindOfViewCommandHasARule() {
        List<ViewCommand> oneOfEach =
                List.of(
                        new RegistryCommand.PutService(SERVICE),
                        new ViewCommand.PutOverride(OVERRIDE),
                        new ViewCommand.RemoveOverride(OVERRIDE.key()),
                        new ViewCommand.PutSwitches(QUIET));
        for (Class<?> kind : ViewCommand.class.getPermittedSubclasses()) {
            assertThat(oneOfEach).anyMatch(kind::isInstance);
        }
        for (ViewCommand command : oneOfEach) {
            RegistryView once = TableEdit.apply(RegistryView.EMPTY, command);
            assertThat(TableEdit.apply(once, command)).isSameAs(once);
        }
    }

    private static List<ServiceEntry> services(int count) {
        List<ServiceEntry> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(ServiceEntry.of(ServiceRecord.ofDefaults(ServiceKey.of("", "", "s" + i))));
        }
        return many;
    }
}
