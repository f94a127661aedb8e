package dev.catamaran.tool.report;

import static java.util.Objects.requireNonNull;

/**
 * What one member cost.
 *
 * @param address {@code ip:port}
 * @param home its folder
 * @param pid process id at the end
 * @param firstReadyMs from its first start until it served
 * @param slowestReadyMs the longest of all its starts
 * @param maxResidentKib most resident memory seen, KiB
 */
public record MemberReport(
        String address,
        String home,
        long pid,
        long firstReadyMs,
        long slowestReadyMs,
        long maxResidentKib) {
    public MemberReport {
        requireNonNull(address, "address is null");
        requireNonNull(home, "home is null");
    }
}
