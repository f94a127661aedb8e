package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a member reports of one raft group, as real servers do in {@code extendInfo.raftMetaData}:
 * for people to read, nobody acts on it.
 *
 * @param leader raft address of the leader; empty text when none is known
 * @param peers raft addresses of the voters
 * @param term the group's term
 */
public record RaftView(String leader, List<String> peers, long term) {

    public RaftView {
        requireNonNull(leader, "leader is null");
        peers = List.copyOf(peers);
    }
}
