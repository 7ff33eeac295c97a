package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets, neighbours and routes, from captured output and from the real tools. */
class SocketsTest {
    private final ToolRunner real = ToolRunner.ofThisHost();

    @TempDir
    private Path bin;

    private void assumeReal(Tool tool) {
        Assumptions.assumeTrue(
                real.find(tool).isPresent(), tool.program() + " of " + tool.packageName() + " is missing");
    }

    @Test
    void a_listener_is_told_with_process_and_user() {
        List<Listener> listeners = Listener.parse("""
                udp UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:* users:(("resolved",pid=612,fd=13)) uid:101 ino:17 sk:1 cgroup:/x <->
                tcp LISTEN 0      128          0.0.0.0:22         0.0.0.0:* users:(("sshd",pid=700,fd=3),("systemd",pid=1,fd=44)) ino:1605 sk:2 cgroup:/y <->
                tcp LISTEN 0      50     [::ffff:127.0.0.1]:8080        *:* uid:1000 ino:41599 sk:3 v6only:0 <->
                garbage
                """);
        assertThat(listeners)
                .containsExactly(
                        new Listener("udp", "127.0.0.53%lo", "53", Optional.of("resolved"), Optional.of(612L), 101),
                        new Listener("tcp", "0.0.0.0", "22", Optional.of("sshd"), Optional.of(700L), 0),
                        new Listener("tcp", "127.0.0.1", "8080", Optional.empty(), Optional.empty(), 1000));
    }

    @Test
    void an_ipv4_address_of_an_ipv6_socket_is_told_as_ipv4_and_no_other() {
        List<Listener> listeners = Listener.parse("""
                tcp LISTEN 0      50     [::ffff:10.0.0.7]%eth0:80      *:* ino:1 sk:1 v6only:0 <->
                tcp LISTEN 0      50     *:81                           *:* ino:2 sk:2 v6only:0 <->
                tcp LISTEN 0      50     [::]:82                        *:* ino:3 sk:3 v6only:1 <->
                tcp LISTEN 0      50     [::ffff:0:7f00:1]:83           *:* ino:4 sk:4 v6only:1 <->
                """);
        assertThat(listeners)
                .extracting(Listener::subject)
                .containsExactly("tcp 10.0.0.7%eth0:80", "tcp *:81", "tcp [::]:82", "tcp [::ffff:0:7f00:1]:83");
    }

    @Test
    void a_socket_that_listens_on_this_host_is_found() throws IOException {
        assumeReal(Tool.SS);
        NetworkListenerProbe probe = new NetworkListenerProbe(Path.of("/proc"), real);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(probe.read())
                    .filteredOn(reading -> String.valueOf(socket.getLocalPort())
                            .equals(reading.labels().get("port")))
                    .hasSize(1)
                    .first()
                    .satisfies(reading -> assertThat(reading.labels())
                            .containsEntry("process", "java")
                            .containsEntry(
                                    "pid",
                                    String.valueOf(ProcessHandle.current().pid())));
        }
    }

    @Test
    void what_a_process_moves_is_counted_by_its_connections() throws IOException {
        assumeReal(Tool.SS);
        ConnectionBytes connections = new ConnectionBytes(real);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(1);
            accepted.getInputStream().readNBytes(1);
            ConnectionBytes.Snapshot before = connections.read();
            client.getOutputStream().write(new byte[50_000]);
            accepted.getInputStream().readNBytes(50_000);
            Map<ConnectionBytes.Owner, ConnectionBytes.Bytes> moved =
                    connections.read().since(before);
            ConnectionBytes.Bytes nothing = new ConnectionBytes.Bytes(0, 0);
            ConnectionBytes.Owner self =
                    new ConnectionBytes.Owner("java", ProcessHandle.current().pid());
            assertThat(moved.getOrDefault(self, nothing).sent()).isGreaterThanOrEqualTo(50_000);
            assertThat(moved.getOrDefault(self, nothing).received()).isGreaterThanOrEqualTo(50_000);
        }
    }

    @Test
    void neighbours_are_counted_and_those_that_are_silent_apart() throws IOException {
        ScriptedTools tools = new ScriptedTools(bin).prints(Tool.IP, """
                [{"dst":"192.0.2.1","dev":"eth0","lladdr":"02:00:00:00:00:05","state":["STALE"]},
                 {"dst":"192.0.2.3","dev":"eth0","lladdr":"02:00:00:00:00:06","state":["REACHABLE"]},
                 {"dst":"fd00::1","dev":"eth0","state":["FAILED"]}]
                """, 0);
        List<Reading> readings = new NetworkPeerProbe(tools.runner()).read();
        assertThat(FolderHost.value(readings, "network.peers", "eth0")).hasValue(2);
        assertThat(FolderHost.value(readings, "network.silent_peers", "eth0")).hasValue(1);
    }

    @Test
    void the_rule_that_leads_to_the_table_is_named() throws IOException {
        ScriptedTools tools = new ScriptedTools(bin).script(Tool.IP, """
                case "$*" in
                *rule*) echo '[{"priority":0,"src":"all","table":"local"},
                  {"priority":100,"src":"all","fwmark":"0x1","table":"200"},
                  {"priority":110,"src":"198.51.100.0","srclen":24,"table":"200"},
                  {"priority":120,"src":"all","dst":"203.0.113.0","dstlen":24,"table":"200"},
                  {"priority":32766,"src":"all","table":"main"}]' ;;
                *) echo '[{"dst":"203.0.113.7","gateway":"192.0.2.1","dev":"eth1","table":"200","prefsrc":"192.0.2.9","flags":[]}]' ;;
                esac
                """);
        RouteLookup lookup = new RouteLookup(tools.runner());
        RouteLookup.Way way = lookup.find(InetAddress.getByName("203.0.113.7"), Optional.empty());
        assertThat(way)
                .isEqualTo(new RouteLookup.Way(
                        "203.0.113.7",
                        "eth1",
                        Optional.of("192.0.2.1"),
                        "192.0.2.9",
                        "200",
                        Optional.of("120: from all to 203.0.113.0/24 lookup 200")));
        assertThat(lookup.find(InetAddress.getByName("203.0.113.7"), Optional.of(InetAddress.getByName("198.51.100.9")))
                        .rule())
                .hasValue("110: from 198.51.100.0/24 lookup 200");
    }

    @Test
    void an_unmarked_packet_takes_the_rule_for_all_but_marked_ones() throws IOException {
        String rules = """
                [{"priority":0,"src":"all","table":"local"},
                 {"priority":32764,"not":null,"src":"all","fwmark":"0xca6c","table":"51820"},
                 {"priority":32766,"src":"all","table":"main"}]""";
        assertThat(ruleOf(rules, "51820")).hasValue("32764: not from all fwmark 0xca6c lookup 51820");
        assertThat(ruleOf(rules.replace("\"not\":null,", ""), "51820")).isEmpty();
        assertThat(ruleOf(rules.replace("\"fwmark\":\"0xca6c\"", "\"iif\":\"eth9\""), "51820"))
                .hasValue("32764: not from all iif eth9 lookup 51820");
        String user = "[{\"priority\":9,\"src\":\"all\",\"uid_start\":5,\"uid_end\":6,\"table\":\"main\"},"
                + "{\"priority\":32766,\"src\":\"all\",\"table\":\"main\"}]";
        assertThat(ruleOf(user, "main")).as("a rule on users").isEmpty();
    }

    private Optional<String> ruleOf(String rules, String table) throws IOException {
        ScriptedTools tools = new ScriptedTools(bin).script(Tool.IP, """
                case "$*" in
                *rule*) echo '%s' ;;
                *) echo '[{"dst":"203.0.113.7","dev":"wg0","table":"%s","prefsrc":"192.0.2.9","flags":[]}]' ;;
                esac
                """.formatted(rules, table));
        return new RouteLookup(tools.runner())
                .find(InetAddress.getByName("203.0.113.7"), Optional.empty())
                .rule();
    }

    @Test
    void a_client_that_waits_for_packets_is_no_new_listener() throws IOException {
        ScriptedTools tools = new ScriptedTools(bin).script(Tool.SS, """
                echo 'udp UNCONN 0 0 0.0.0.0:41234 0.0.0.0:* ino:1 sk:1 <->'
                echo 'udp UNCONN 0 0 0.0.0.0:53 0.0.0.0:* ino:2 sk:2 <->'
                echo 'tcp LISTEN 0 9 0.0.0.0:41234 0.0.0.0:* ino:3 sk:3 <->'
                """);
        FolderHost host = new FolderHost(bin)
                .write("proc/net/udp", UDP)
                .write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        assertThat(new NetworkListenerProbe(host.proc(), tools.runner()).read())
                .extracting(Reading::subject)
                .containsExactly("udp 0.0.0.0:53", "tcp 0.0.0.0:41234");
        assertThat(new Listeners(tools.runner()).list()).hasSize(3);
    }

    @Test
    void no_route_is_told_in_the_words_of_the_kernel() {
        ScriptedTools tools =
                new ScriptedTools(bin).script(Tool.IP, "echo 'RTNETLINK answers: Network is unreachable' >&2; exit 2");
        assertThatThrownBy(() ->
                        new RouteLookup(tools.runner()).find(InetAddress.getByName("203.0.113.7"), Optional.empty()))
                .hasMessageContaining("Network is unreachable");
    }

    @Test
    void processes_are_asked_for_only_where_a_socket_is_new_and_now_and_then() throws IOException {
        Path asked = bin.resolve("asked");
        ScriptedTools tools = new ScriptedTools(bin)
                .script(
                        Tool.SS,
                        "echo \"$@\" >> '" + asked + "'; echo 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* ino:1 sk:1 <->'");
        FolderHost host = new FolderHost(bin).write("proc/net/tcp", TCP).write("proc/net/udp", UDP);
        NetworkListenerProbe probe = new NetworkListenerProbe(host.proc(), tools.runner());
        for (int i = 0; i < 10; i++) {
            assertThat(probe.read()).hasSize(1);
        }
        assertThat(asked).content().hasLineCount(1);
        probe.read();
        assertThat(asked).content().hasLineCount(2);
        host.write("proc/net/tcp", TCP.replace(" 1605 ", " 1706 "));
        probe.read();
        assertThat(asked).content().hasLineCount(3);
        host.write("proc/net/udp", UDP.replace("0044", "0045"));
        probe.read();
        assertThat(asked).content().hasLineCount(4);
        // A connection, and bytes that wait, are no new listener.
        host.write("proc/net/tcp", TCP.replace(" 1605 ", " 1706 ").replace("0000:07E8", "0000:07E9"));
        host.write("proc/net/udp", UDP.replace("0044", "0045").replace("00000000:00000000", "00000000:00000100"));
        probe.read();
        assertThat(asked).content().hasLineCount(4);
    }

    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1605 1 00000000233e9355 100 0 0 10 0
               1: 0100007F:0016 00000000:07E8 01 00000000:00000000 02:00000A32 00000000     0        0 1699 1 0000000000000000 20 4 30 10 -1
            """;
    private static final String UDP = """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
             1042: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1512 2 0000000000000000 0
            """;

    @Test
    void without_tables_of_the_kernel_ss_is_asked_each_time() throws IOException {
        Path asked = bin.resolve("asked");
        ScriptedTools tools = new ScriptedTools(bin).script(Tool.SS, "echo \"$@\" >> '" + asked + "'");
        NetworkListenerProbe probe = new NetworkListenerProbe(bin.resolve("proc"), tools.runner());
        probe.read();
        probe.read();
        assertThat(asked).content().hasLineCount(2);
    }

    @Test
    void lvm_says_when_a_merge_has_to_wait() throws IOException {
        ScriptedTools tools = new ScriptedTools(bin)
                .script(
                        Tool.LVCONVERT,
                        "echo '  Delaying merge since origin is open.';"
                                + " echo '  Merging of snapshot vg0/before will occur on next activation of vg0/root.'");
        assertThat(new LvmSnapshots(tools.runner()).merge("vg0/before")).isTrue();
        tools.script(Tool.LVCONVERT, "echo '  Merging of volume vg0/before started.'");
        assertThat(new LvmSnapshots(tools.runner()).merge("vg0/before")).isFalse();
    }

    @Test
    void lvm_is_never_given_an_option_in_place_of_a_name() {
        LvmSnapshots snapshots = new LvmSnapshots(new ScriptedTools(bin).runner());
        assertThatThrownBy(() -> snapshots.merge("--yes/x")).hasMessageContaining("is written group/snapshot");
        assertThatThrownBy(() -> snapshots.create("vg0/root", "-n", io.keepwatch.unit.ByteSize.parse("1GiB")))
                .hasMessageContaining("does not begin with -");
        assertThatThrownBy(() -> snapshots.merge("vg0/before")).hasMessageContaining("install lvm2");
    }
}
