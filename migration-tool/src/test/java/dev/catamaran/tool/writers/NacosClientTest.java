package dev.catamaran.tool.writers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NacosClientTest {

    private static final byte[] CUT =
            "{\"name\":\"DEFAULT_GROUP@@s\",\"hosts\":[{\"ip\":\"10.0.0.1\",\"po"
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir private Path scratch;

    @Test
    void anAnswerThatAKilledMemberDidNotWriteToItsEndIsAFailedRead() throws Exception {
        NacosClient.prepare(scratch);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                call -> {
                    call.sendResponseHeaders(200, CUT.length);
                    call.getResponseBody().write(CUT);
                    call.close();
                });
        server.start();
        try {
            String member = "127.0.0.1:" + server.getAddress().getPort();
            NacosClient client = NacosClient.connect(List.of(member), List.of("public"));

            assertThatThrownBy(() -> client.list(ServiceKey.of("", "", "s"), member))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ServiceInfo");
        } finally {
            server.stop(0);
        }
    }
}
