package dev.catamaran.tool.inspect;

import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordSet;

/**
 * How many records there are, and their digest.
 *
 * @param services number of services
 * @param clusters number of configured clusters
 * @param instances number of instances
 * @param overrides number of overrides
 * @param digest digest of all but the overrides, as export files and members compute it
 */
record RecordCounts(int services, int clusters, int instances, int overrides, String digest) {

    static RecordCounts of(RecordSet records) {
        ExportHeader header = ExportHeader.of(records, "", "");
        return new RecordCounts(
                header.services(),
                header.clusters(),
                header.instances(),
                header.overrides(),
                header.digest());
    }
}
