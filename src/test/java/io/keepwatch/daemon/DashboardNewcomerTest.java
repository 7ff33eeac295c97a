package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the pages say before there is much to show, and of hardware that few hosts have. */
class DashboardNewcomerTest extends BrowserFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The page of a daemon whose answer to one question is another. */
    private Page open(Daemon daemon, String page, String question, UnaryOperator<ObjectNode> change) {
        return open(
                daemon,
                page,
                WIDE,
                ColorScheme.LIGHT,
                context -> context.route("**/api/v1/" + question, route -> {
                    try {
                        ObjectNode answer =
                                (ObjectNode) JSON.readTree(route.fetch().body());
                        route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(change.apply(answer).toString()));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }));
    }

    @Test
    void who_watches_nothing_yet_is_told_what_to_write() throws IOException {
        Page page = open(start(), "overview", "status", status -> {
            status.putArray("roots");
            return status;
        });
        Locator steps = page.locator("section:has-text('Nothing is watched yet')");
        assertThat(steps).containsText("roots:");
        assertThat(steps).containsText("keepwatch init");
    }

    @Test
    void the_first_backup_shows_how_far_it_is() throws IOException {
        Page page = open(start(), "overview", "status", status -> {
            ObjectNode root = (ObjectNode) status.get("roots").get(0);
            root.putNull("last_durable");
            root.putObject("reconcile")
                    .put("directories", 12)
                    .put("files", 3456)
                    .put("changes", 3400);
            ((ObjectNode) status.get("backlog")).put("pending", 2000);
            return status;
        });
        Locator steps = page.locator("section:has-text('The first backup is under way')");
        assertThat(steps).containsText("12 directories and 3,456 files looked at, 3,400 changes found");
        assertThat(steps).containsText("2,000 of them wait to be sent.");
        assertThat(steps.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("probes")))
                .hasAttribute("href", "#/host");
    }

    private static void probe(ArrayNode items, String name, List<String> readings) {
        ObjectNode probe = items.addObject()
                .put("name", name)
                .put("summary", "What " + name + " reads.")
                .put("needs", "")
                .put("state", "reads")
                .put("every_seconds", 60.0)
                .put("at", "2026-11-25T21:00:00Z")
                .put("took_seconds", 0.1)
                .putNull("problem");
        ArrayNode values = probe.putArray("readings");
        for (String reading : readings) {
            String[] words = reading.split("\\|", -1);
            values.addObject()
                    .put("name", words[0])
                    .put("subject", words[1])
                    .put("value", 2)
                    .put("text", words[2])
                    .putObject("labels");
        }
    }

    @Test
    void all_kinds_of_hardware_and_services_have_their_place() throws IOException {
        Page page = open(start(), "host", "probes", probes -> {
            ArrayNode items = probes.putArray("items");
            probe(items, "raid.state", List.of("raid.level|md0|5", "raid.failed_members|md0|2"));
            probe(items, "smart.health", List.of("smart.reallocated_sectors|sda|8"));
            probe(items, "hardware.sensor", List.of("hardware.temperature_celsius|coretemp|61 °C"));
            probe(items, "network.listener", List.of("network.listener|tcp 0.0.0.0:22 sshd|1"));
            probe(items, "service.boot", List.of("service.boot|ssh.service|1"));
            probe(items, "disk.usage", List.of("disk.used_ratio|/srv|41.0%"));
            return probes;
        });
        for (List<String> place : List.of(
                List.of("RAID", "md0"),
                List.of("Health of disks (SMART)", "sda"),
                List.of("Sensors", "61 °C"),
                List.of("Network", "tcp 0.0.0.0:22 sshd"),
                List.of("Services", "ssh.service"),
                List.of("Disks and file systems", "/srv"))) {
            assertThat(page.getByRole(
                            AriaRole.REGION,
                            new Page.GetByRoleOptions().setName(place.get(0)).setExact(true)))
                    .containsText(place.get(1));
        }
    }
}
