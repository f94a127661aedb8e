package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the operator has configured about moving. Equal on all members.
 *
 * @param upgradePolicy who may move the cluster up to JRAFT; FINALIZED always needs an operator
 * @param downgradePolicy who may move the cluster down from JRAFT
 * @param dwellMs how long a member must be seen as old without a break before it is proved old
 * @param dwellReports how many words must be heard from it in that time
 * @param reportIntervalMs interval of reports between members
 * @param staleAfterIntervals a report older than this many intervals says nothing any more
 * @param maxLagRecordsToFence no fence is put up while the mirror is further behind than this
 * @param maxLagMsToFence no fence is put up while the mirror is further behind than this
 * @param fenceLimitMs how long a fence may stay up
 * @param pauseAfterFallBackMs how long automatic moves rest after a fence that fell back, so that
 *     writes are not blocked again and again
 * @param targetVersion version of Catamaran that every planned member must have reached before
 *     anything goes up to JRAFT or FINALIZED; empty: any will do
 */
public record JudgeSettings(
        UpgradePolicy upgradePolicy,
        DowngradePolicy downgradePolicy,
        long dwellMs,
        int dwellReports,
        long reportIntervalMs,
        int staleAfterIntervals,
        long maxLagRecordsToFence,
        long maxLagMsToFence,
        long fenceLimitMs,
        long pauseAfterFallBackMs,
        Optional<MemberVersion> targetVersion) {

    /** Who moves the cluster up. */
    public enum UpgradePolicy {
        OPERATOR,
        /** The judge moves up to JRAFT as soon as nothing stands in the way. */
        AUTO
    }

    /** Who moves the cluster down from JRAFT. */
    public enum DowngradePolicy {
        OPERATOR,
        /** A member that is proved old starts it as well. */
        AUTO,
        /** Nobody, not even an operator. */
        NEVER
    }

    /** What is used where nothing is configured. */
    public static final JudgeSettings DEFAULTS =
            new JudgeSettings(
                    UpgradePolicy.OPERATOR,
                    DowngradePolicy.OPERATOR,
                    15_000,
                    3,
                    2_000,
                    3,
                    1_000,
                    5_000,
                    10_000,
                    60_000,
                    Optional.empty());

    public JudgeSettings {
        requireNonNull(targetVersion, "targetVersion is null");
        requireNonNull(upgradePolicy, "upgradePolicy is null");
        requireNonNull(downgradePolicy, "downgradePolicy is null");
        if (dwellMs < 0 || maxLagRecordsToFence < 0 || maxLagMsToFence < 0) {
            throw new IllegalArgumentException("dwellMs and the lag limits must not be negative");
        }
        if (dwellReports < 1 || reportIntervalMs < 1 || staleAfterIntervals < 1) {
            throw new IllegalArgumentException(
                    "dwellReports, reportIntervalMs and staleAfterIntervals must be positive");
        }
        if (fenceLimitMs < 1 || pauseAfterFallBackMs < 0) {
            throw new IllegalArgumentException(
                    "fenceLimitMs must be positive, pauseAfterFallBackMs must not be negative");
        }
    }

    /** These settings with the two times a server is configured with. */
    public JudgeSettings withTimes(long newReportIntervalMs, long newFenceLimitMs) {
        return new JudgeSettings(
                upgradePolicy,
                downgradePolicy,
                dwellMs,
                dwellReports,
                newReportIntervalMs,
                staleAfterIntervals,
                maxLagRecordsToFence,
                maxLagMsToFence,
                newFenceLimitMs,
                pauseAfterFallBackMs,
                targetVersion);
    }

    /** These settings with other policies. */
    public JudgeSettings withPolicies(UpgradePolicy up, DowngradePolicy down) {
        return new JudgeSettings(
                up,
                down,
                dwellMs,
                dwellReports,
                reportIntervalMs,
                staleAfterIntervals,
                maxLagRecordsToFence,
                maxLagMsToFence,
                fenceLimitMs,
                pauseAfterFallBackMs,
                targetVersion);
    }

    /**
     * These settings without what moves the cluster by itself: for members that were not all told
     * the same, of whom whoever leads would decide for the others.
     */
    public JudgeSettings byOrderOnly() {
        return withPolicies(
                UpgradePolicy.OPERATOR,
                downgradePolicy == DowngradePolicy.AUTO
                        ? DowngradePolicy.OPERATOR
                        : downgradePolicy);
    }

    /** These settings with a version that every planned member must have reached. */
    public JudgeSettings withTargetVersion(MemberVersion target) {
        return new JudgeSettings(
                upgradePolicy,
                downgradePolicy,
                dwellMs,
                dwellReports,
                reportIntervalMs,
                staleAfterIntervals,
                maxLagRecordsToFence,
                maxLagMsToFence,
                fenceLimitMs,
                pauseAfterFallBackMs,
                Optional.of(target));
    }

    /** Age in milliseconds up to which a report counts. */
    public long freshMs() {
        return reportIntervalMs * staleAfterIntervals;
    }
}
