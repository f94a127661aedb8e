package dev.catamaran.tool.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.report.BaseFinding;
import dev.catamaran.tool.report.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseCheckTest {

    private static final ServiceKey ORDERS = ServiceKey.of("", "", "orders");
    private static final RegistryTable BASE =
            RegistryTable.of(List.of(service(ORDERS, instance(1, 1), instance(2, 1))));

    private static InstanceRecord instance(int host, double weight) {
        InstanceKey key = new InstanceKey(ORDERS, "10.0.0." + host, 80, "DEFAULT");
        return InstanceRecord.persistent(key, weight, true, Map.of());
    }

    private static ServiceEntry service(ServiceKey key, InstanceRecord... instances) {
        ServiceEntry entry = ServiceEntry.of(ServiceRecord.ofDefaults(key));
        for (InstanceRecord instance : instances) {
            entry = entry.withInstance(instance);
        }
        return entry;
    }

    private static List<BaseFinding> check(ServiceEntry... entries) {
        return new BaseCheck(BASE).check("legacy of m1", RegistryTable.of(List.of(entries)));
    }

    @Test
    void isContentWithTheSameRecordsAndIgnoresWhatTheWritersWrote() {
        ServiceKey written = new ServiceKey("public", "REHEARSAL_GROUP", "rehearsal-0");

        assertThat(check(service(ORDERS, instance(1, 1), instance(2, 1)), service(written)))
                .isEmpty();
        assertThat(new BaseCheck(BASE).records()).isEqualTo(3);
    }

    @Test
    void countsMissingAndChangedRecordsAsLostAndOthersAsPhantom() {
        List<BaseFinding> found = check(service(ORDERS, instance(1, 5), instance(3, 1)));
        Tally tally = Tally.of(List.of(), found);

        assertThat(tally.lost()).isEqualTo(2);
        assertThat(tally.phantom()).isEqualTo(1);
        assertThat(tally.isClean()).isFalse();
        assertThat(found).anySatisfy(one -> assertThat(one.what()).contains("weight is 5.0"));
    }
}
