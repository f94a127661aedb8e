package dev.catamaran.tool.records;

import static java.util.Objects.requireNonNull;

/**
 * The first line of an export file: what must follow, so that a torn or edited file is noticed.
 *
 * @param source where the records were read, as an operator names it; never holds credentials
 * @param version version of the server that wrote them, as far as known; empty if unknown
 * @param services number of service lines
 * @param clusters number of cluster lines
 * @param instances number of instance lines
 * @param overrides number of override lines
 * @param digest digest of the services, clusters and instances
 */
public record ExportHeader(
        String source,
        String version,
        int services,
        int clusters,
        int instances,
        int overrides,
        String digest) {

    public ExportHeader {
        requireNonNull(source, "source is null");
        requireNonNull(version, "version is null");
        requireNonNull(digest, "digest is null");
    }

    /** Its counts and digest, for people. */
    String text() {
        return services
                + " services, "
                + clusters
                + " clusters, "
                + instances
                + " instances, "
                + overrides
                + " overrides, digest "
                + digest;
    }

    /** The header of these records. */
    public static ExportHeader of(RecordSet records, String source, String version) {
        int services = records.table().serviceCount();
        int instances = records.table().instanceCount();
        return new ExportHeader(
                source,
                version,
                services,
                records.table().recordCount() - services - instances,
                instances,
                records.overrides().size(),
                records.table().digest().hex());
    }
}
