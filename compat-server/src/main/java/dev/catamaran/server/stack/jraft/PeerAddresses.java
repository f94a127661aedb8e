package dev.catamaran.server.stack.jraft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import dev.catamaran.server.member.MemberInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Member addresses ({@code ip:port} of the HTTP port) and raft peers. The raft port is always
 * computed (spec: jraft-groups 1.1).
 */
final class PeerAddresses {

    private PeerAddresses() {}

    static PeerId peer(String member) {
        int colon = colonOf(member);
        int port = Integer.parseInt(member.substring(colon + 1));
        return new PeerId(member.substring(0, colon), MemberInfo.raftPort(port));
    }

    static Configuration configuration(List<String> members) {
        return new Configuration(members.stream().map(PeerAddresses::peer).toList());
    }

    static String member(PeerId peer) {
        return peer.getIp() + ":" + (peer.getPort() - MemberInfo.raftPort(0));
    }

    /** The IP addresses behind these members; a name that does not resolve has none now. */
    static Set<InetAddress> resolve(List<String> members) {
        Set<InetAddress> all = new HashSet<>();
        for (String member : members) {
            all.addAll(resolve(member).orElse(List.of()));
        }
        return Set.copyOf(all);
    }

    private static Optional<List<InetAddress>> resolve(String member) {
        try {
            String host = member.substring(0, colonOf(member));
            return Optional.of(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int colonOf(String member) {
        int colon = member.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("not ip:port: " + member);
        }
        return colon;
    }
}
