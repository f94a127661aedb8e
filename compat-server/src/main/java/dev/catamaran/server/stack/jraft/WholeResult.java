package dev.catamaran.server.stack.jraft;

import dev.catamaran.server.stack.WriteResult;
import java.util.List;

/** How a write of several parts ended, from how its parts ended: certain only if all are. Pure. */
final class WholeResult {

    private WholeResult() {}

    static WriteResult of(List<WriteResult> parts) {
        if (parts.stream().allMatch(part -> part instanceof WriteResult.Done)) {
            return new WriteResult.Done();
        }
        boolean nothingHappened =
                parts.stream()
                        .allMatch(
                                part ->
                                        part instanceof WriteResult.NotNow
                                                || part instanceof WriteResult.Rejected);
        return nothingHappened || parts.size() == 1
                ? parts.get(0)
                : new WriteResult.Unknown("only a part was committed: " + parts);
    }
}
