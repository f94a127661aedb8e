package dev.catamaran.tool.rehearse;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.tool.report.BaseFinding;
import dev.catamaran.tool.writers.Load;
import java.util.List;
import java.util.stream.Stream;

/** Holds the records of the homes, which nobody writes, against what a stack holds. Pure. */
final class BaseCheck {

    private static final int MAX_DIFFERENCES = 1_000;

    private final RegistryTable base;

    BaseCheck(RegistryTable base) {
        this.base = withoutPasswords(base);
    }

    /** Members show no passwords; that both stacks hold the same one is in their digests. */
    private static RegistryTable withoutPasswords(RegistryTable table) {
        return RegistryTable.of(
                table.entries().values().stream().map(BaseCheck::withoutPasswords).toList());
    }

    private static ServiceEntry withoutPasswords(ServiceEntry entry) {
        ServiceEntry shown = entry;
        for (ClusterRecord cluster : entry.clusters().values()) {
            if (cluster.checker() instanceof HealthChecker.Mysql mysql) {
                shown =
                        shown.withCluster(
                                new ClusterRecord(
                                        cluster.key(),
                                        new HealthChecker.Mysql(mysql.user(), "***", mysql.cmd()),
                                        cluster.checkPort(),
                                        cluster.useInstancePort(),
                                        cluster.metadata(),
                                        cluster.extras()));
            }
        }
        return shown;
    }

    /** Records of the homes: services, clusters and instances. */
    long records() {
        return base.entries().values().stream().mapToLong(e -> e.records().count()).sum();
    }

    /** What {@code table} holds otherwise; the writers' own services do not count. */
    List<BaseFinding> check(String where, RegistryTable table) {
        return Diff.between(base, withoutWritten(table), MAX_DIFFERENCES).stream()
                .map(difference -> finding(where, difference))
                .toList();
    }

    private static RegistryTable withoutWritten(RegistryTable table) {
        Stream<ServiceEntry> own =
                table.entries().values().stream().filter(entry -> !Load.writes(entry.key()));
        return RegistryTable.of(own.toList());
    }

    private static BaseFinding finding(String where, Difference difference) {
        String record = difference.service().text() + " " + difference.record();
        String what =
                switch (difference.kind()) {
                    case ADDED -> "no home holds it: " + difference.right();
                    case REMOVED -> "missing";
                    case CHANGED ->
                            difference.field()
                                    + " is "
                                    + difference.right()
                                    + ", in the homes "
                                    + difference.left();
                };
        return new BaseFinding(record, where, what, difference.kind() == Difference.Kind.ADDED);
    }
}
