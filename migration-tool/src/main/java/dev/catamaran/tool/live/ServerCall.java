package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/** One request to a server, put together parameter by parameter. */
final class ServerCall {

    private final String method;
    private final String path;
    private final boolean outsideContext;
    private final List<NameValuePair> params = new ArrayList<>();

    private ServerCall(String method, String path, boolean outsideContext) {
        this.method = requireNonNull(method, "method is null");
        this.path = requireNonNull(path, "path is null");
        this.outsideContext = outsideContext;
    }

    /** A request below the server's context path. */
    static ServerCall of(String method, String path) {
        return new ServerCall(method, path, false);
    }

    /** A request beside the context path, where Catamaran members have their own interface. */
    static ServerCall atRoot(String path) {
        return new ServerCall("GET", path, true);
    }

    ServerCall with(String name, String value) {
        params.add(new BasicNameValuePair(name, value));
        return this;
    }

    /** Names a service for v1: the grouped name, which every version takes. */
    ServerCall grouped(ServiceKey key) {
        return with("namespaceId", key.namespace())
                .with("groupName", key.group())
                .with("serviceName", key.grouped());
    }

    /** Names a service for v2 and v3: group and name apart. */
    ServerCall apart(ServiceKey key) {
        return with("namespaceId", key.namespace())
                .with("groupName", key.group())
                .with("serviceName", key.name());
    }

    ServerCall instance(InstanceKey key) {
        return with("ip", key.ip())
                .with("port", Integer.toString(key.port()))
                .with("clusterName", key.cluster())
                .with("ephemeral", "false");
    }

    String method() {
        return method;
    }

    String uri(ServerAddress server) {
        return server.root() + (outsideContext ? "" : server.context()) + path;
    }

    List<NameValuePair> params() {
        return params;
    }

    /** What was called, for messages; parameters may hold secrets and stay out. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
