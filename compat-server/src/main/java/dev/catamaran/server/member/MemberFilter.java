package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets only members reach the paths on which members talk to each other: by source address, and by
 * the shared identity when one is configured. (Real servers check neither: spec legacy-raft 9.2.)
 */
public final class MemberFilter implements Filter {

    private static final List<String> PREFIXES =
            List.of("/nacos/v1/ns/raft", "/nacos/v1/core/cluster/report", "/catamaran/v1/internal");

    private final Set<String> sources;
    private final Map<String, String> identity;

    /**
     * A filter.
     *
     * @param members addresses of all members; host names are resolved once, here
     * @param identity header name to secret; empty when none is configured
     */
    public MemberFilter(List<String> members, Map<String, String> identity) {
        this.sources = resolve(members);
        this.identity = Map.copyOf(identity);
    }

    private static Set<String> resolve(List<String> members) {
        Set<String> sources = new HashSet<>();
        for (String member : members) {
            try {
                String host = member.substring(0, member.lastIndexOf(':'));
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    sources.add(address.getHostAddress());
                }
            } catch (UnknownHostException e) {
                // a member that has no address now cannot call; it is let in after a restart
                sources.add(member);
            }
        }
        return sources;
    }

    /** Whether a path is for members only. */
    static boolean guarded(String path) {
        return PREFIXES.stream()
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        // the path after decoding and without ;parameters, as it is matched to a controller
        String path = requireNonNull(http.getServletPath(), "path is null");
        if (guarded(path) || guarded(http.getRequestURI())) {
            String source = request.getRemoteAddr();
            if (!sources.contains(source)) {
                refuse(response, "source address " + source + " is no member's");
                return;
            }
            if (!identified(http)) {
                refuse(response, "the identity header of members is missing or wrong");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean identified(HttpServletRequest request) {
        for (Map.Entry<String, String> expected : identity.entrySet()) {
            String given = request.getHeader(expected.getKey());
            byte[] left = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(
                    left, expected.getValue().getBytes(StandardCharsets.UTF_8))) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(ServletResponse response, String because) throws IOException {
        HttpServletResponse http = (HttpServletResponse) response;
        http.setStatus(HttpServletResponse.SC_FORBIDDEN);
        http.setContentType("text/plain;charset=UTF-8");
        http.getWriter().write("for members only: " + because + "\n");
    }
}
