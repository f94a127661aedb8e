package dev.catamaran.server.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Answers no client while the member list names real servers that stay real. This member is in none
 * of their groups yet: what it acknowledged they would never hold, and what they hold it cannot
 * read. Real servers pass clients' calls on to it as to any member; those are refused as
 * <em>retry</em>, too.
 */
public final class BesideRealServersFilter implements Filter {

    private static final List<String> OF_CLIENTS =
            List.of(
                    "/nacos/v1/ns/instance",
                    "/nacos/v1/ns/service",
                    "/nacos/v1/ns/cluster",
                    "/nacos/v1/ns/catalog",
                    "/nacos/v1/ns/health");

    private static final int NOT_NOW = 503;

    private final String text;

    /**
     * A filter.
     *
     * @param realServers addresses of the real servers of the list; at least one
     */
    public BesideRealServersFilter(List<String> realServers) {
        this.text =
                "not now: the member list names real servers that stay real "
                        + realServers
                        + "; this member is not in their groups and serves no clients beside"
                        + " them\n";
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = String.valueOf(((HttpServletRequest) request).getServletPath());
        if (OF_CLIENTS.stream().noneMatch(path::startsWith)) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse http = (HttpServletResponse) response;
        http.setStatus(NOT_NOW);
        http.setHeader("Retry-After", "5");
        http.setContentType("text/plain;charset=UTF-8");
        http.getWriter().write(text);
    }
}
