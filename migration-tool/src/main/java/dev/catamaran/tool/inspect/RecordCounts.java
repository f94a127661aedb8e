package dev.catamaran.tool.inspect;

import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.v1.SwitchesJson;
import dev.catamaran.tool.home.StackRecords;
import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordSet;

/**
 * How many records there are, and their digest.
 *
 * @param services number of services
 * @param clusters number of configured clusters
 * @param instances number of instances
 * @param overrides number of overrides
 * @param digest digest of what both worlds can hold, as export files and members compute it
 * @param viewDigest digest of everything, overrides and switches included
 */
record RecordCounts(
        int services,
        int clusters,
        int instances,
        int overrides,
        String digest,
        String viewDigest) {

    static RecordCounts of(StackRecords stack) {
        RecordSet records = stack.records();
        ExportHeader header = ExportHeader.of(records, "", "");
        SwitchRecord switches =
                stack.switches()
                        .flatMap(json -> SwitchesJson.decode(json).value())
                        .orElse(SwitchRecord.DEFAULTS);
        RegistryView view =
                RegistryView.of(records.table(), records.overrides().values(), switches);
        return new RecordCounts(
                header.services(),
                header.clusters(),
                header.instances(),
                header.overrides(),
                header.digest(),
                view.digest().hex());
    }
}
