package dev.catamaran.tool.writers;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.exception.runtime.NacosRuntimeException;
import com.alibaba.nacos.api.naming.NamingMaintainService;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The real 1.4 Java client, given all members, which picks one and tries the others by itself.
 *
 * <p>When it gives up after asking all of them it tells only of the last, so any failure is an
 * unknown outcome.
 */
final class NacosClient implements RegistryClient {

    /** How the client appears in the history: it does not say which member it asked. */
    static final String NAME = "nacos-client";

    private static final String ANSWER_LIMIT_MS = "8000";
    private static final int MAX_ATTEMPTS = 3;

    private record Connection(NamingService naming, NamingMaintainService maintain) {}

    private final Map<String, Connection> byNamespace;

    private NacosClient(Map<String, Connection> byNamespace) {
        this.byNamespace = Map.copyOf(byNamespace);
    }

    /**
     * Keeps the client's logs and caches, which it puts into the user's home otherwise, below
     * {@code scratch}, and bounds its waits. The client reads these when its classes are loaded, so
     * this comes before the first {@link #connect}.
     */
    static void prepare(Path scratch) {
        System.setProperty("JM.LOG.PATH", scratch.resolve("logs").toString());
        System.setProperty("JM.SNAPSHOT.PATH", scratch.resolve("cache").toString());
        System.setProperty("nacos.logging.default.config.enabled", "false");
        System.setProperty("com.alibaba.nacos.client.naming.rtimeout", ANSWER_LIMIT_MS);
        System.setProperty("com.alibaba.nacos.client.naming.ctimeout", "1000");
    }

    /** Opens one connection per namespace, as applications do. */
    static NacosClient connect(List<String> members, List<String> namespaces)
            throws NacosException {
        Map<String, Connection> connections = new HashMap<>();
        for (String namespace : namespaces) {
            Properties properties = new Properties();
            properties.setProperty(PropertyKeyConst.SERVER_ADDR, String.join(",", members));
            properties.setProperty(PropertyKeyConst.NAMESPACE, namespace);
            connections.put(
                    namespace,
                    new Connection(
                            NacosFactory.createNamingService(properties),
                            NacosFactory.createMaintainService(properties)));
        }
        return new NacosClient(connections);
    }

    @Override
    public String asked(String member) {
        return NAME;
    }

    @Override
    public int attempts() {
        return MAX_ATTEMPTS;
    }

    @Override
    public Answer put(InstanceRecord record, boolean update, String member) {
        ServiceKey service = record.service();
        Connection connection = of(service);
        try {
            if (update) {
                connection
                        .maintain()
                        .updateInstance(service.name(), service.group(), instance(record));
            } else {
                connection
                        .naming()
                        .registerInstance(service.name(), service.group(), instance(record));
            }
            return Answer.DONE;
        } catch (NacosException e) {
            return failed(e.getErrCode(), e.getErrMsg());
        } catch (NacosRuntimeException e) {
            return failed(e.getErrCode(), e.getMessage());
        }
    }

    @Override
    public Answer remove(InstanceKey key, String member) {
        try {
            of(key.service())
                    .naming()
                    .deregisterInstance(key.service().name(), key.service().group(), bare(key));
            return Answer.DONE;
        } catch (NacosException e) {
            return failed(e.getErrCode(), e.getErrMsg());
        } catch (NacosRuntimeException e) {
            return failed(e.getErrCode(), e.getMessage());
        }
    }

    @Override
    public List<SeenInstance> list(ServiceKey service, String member) throws IOException {
        try {
            return of(service)
                    .naming()
                    .getAllInstances(service.name(), service.group(), List.of(), false)
                    .stream()
                    .map(NacosClient::seen)
                    .toList();
        } catch (NacosException e) {
            throw new IOException(e.getErrMsg(), e);
        } catch (NacosRuntimeException e) {
            // an answer that a killed member did not write to its end
            throw new IOException(e.getMessage(), e);
        }
    }

    private Connection of(ServiceKey service) {
        Connection connection = byNamespace.get(service.namespace());
        if (connection == null) {
            throw new IllegalArgumentException("not connected to namespace of " + service);
        }
        return connection;
    }

    private static Answer failed(int code, String message) {
        return new Answer(Outcome.UNKNOWN, code + " " + message, false);
    }

    private static Instance instance(InstanceRecord record) {
        Instance instance = bare(record.key());
        instance.setWeight(record.weight());
        instance.setEnabled(record.enabled());
        instance.setHealthy(record.healthy());
        instance.setMetadata(new HashMap<>(record.metadata()));
        return instance;
    }

    private static Instance bare(InstanceKey key) {
        Instance instance = new Instance();
        instance.setIp(key.ip());
        instance.setPort(key.port());
        instance.setClusterName(key.cluster());
        instance.setEphemeral(false);
        return instance;
    }

    private static SeenInstance seen(Instance instance) {
        return new SeenInstance(
                instance.getIp(),
                instance.getPort(),
                instance.getClusterName(),
                instance.getWeight(),
                instance.isEnabled(),
                instance.getMetadata());
    }

    /** Does not wait: the client gives each of its idle threads ten seconds to end. */
    @Override
    public void close() {
        Thread closing =
                new Thread(
                        () -> byNamespace.values().forEach(NacosClient::shutDown),
                        "close-nacos-client");
        closing.setDaemon(true);
        closing.start();
    }

    /** A client that will not close must not change the verdict. */
    private static void shutDown(Connection connection) {
        try {
            connection.naming().shutDown();
            connection.maintain().shutDown();
        } catch (NacosException e) {
            org.slf4j.LoggerFactory.getLogger(NacosClient.class)
                    .debug("closing the client failed", e);
        }
    }
}
