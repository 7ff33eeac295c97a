package io.keepwatch.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration that {@code keepwatch init} writes: what can be found out is filled in, every other option stands
 * there as a comment with its default. A line of the form {@code #key: value} becomes an option when its hash is removed.
 */
public final class ConfigTemplate {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/_.-]*");

    private static final String TOP = """
            # Keepwatch backs up the folders below within seconds of each change.
            # Lines that begin with "# " explain. In other comments, remove the # to change an option;
            # they show the default or, where there is none, an example.
            # After a change: keepwatch check. All options: docs/config.md.

            # The name of this machine in the bucket. Keep it, even if the machine is renamed.
            host: %s

            # The databases, and the backup itself while no bucket is set.
            #state: %s

            # The folders to back up. Patterns are those of .gitignore.
            roots:
            %s""";

    private static final String REST = """
                #name: main                  # in the bucket and in commands [made from the path]
                #include: ["*"]              # when there are any, only files that match one [all]
                #exclude_caches: true        # leave out folders marked by a CACHEDIR.TAG
                #max_size: 10GiB             # leave out larger files [no limit]
                #one_file_system: true       # do not descend into other file systems
                #sqlite: copy                # databases by SQLite's own backup; off: as their bytes are

            # A file is read when it was quiet for 1s, and at the latest 10s after its first change.
            #settle: {quiet: 1s, max_delay: 10s}

            # The trees are compared with the catalog this often, whatever the kernel reported.
            #reconcile: {every: 6h}

            # What is read of the host, and how often. "off" in place of a time switches one probe off;
            # "probes: off" all of them.
            #probes:
            %s
            # Status, health and metrics. "http: off" switches them off.
            #http:
              #listen: "127.0.0.1:9723"            # others need tokens, and tls or trust_proxy
              #names: [backup.example.net]         # by which it is called, beside its own
              #tls: {certificate: /etc/keepwatch/tls.crt, key: /etc/keepwatch/tls.key}
              #trust_proxy: false                  # true: a proxy on this machine adds TLS
              #tokens:                             # keepwatch token new makes one
                #- {name: ops, hash: 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef, role: operate}
              #restore_to: [/srv/restored]         # where restores over HTTP may write

            """;

    private static final String BUCKET_UNKNOWN = """
            # Without s3, the backup stays on this machine, in the state folder. For a bucket, remove the # of
            # "s3:" and "bucket:" and of what your store needs.
            store:
              #s3:
                #bucket: %s
                %s
            """;

    private static final String BUCKET_KNOWN = """
            store:
              s3:
                bucket: %s
                %s
            """;

    private static final String S3_OPTIONS = """
                #endpoint: https://minio.example.net    # MinIO, Ceph and others [AWS]
                #prefix: keepwatch                      # all keys begin with <prefix>/<host>/
                #path_style: auto                       # or true, false
                # Or {profile: name}. [the default chain of the AWS tools]
                #credentials: {file: /etc/keepwatch/credentials}
                #sse: aws:kms                           # none, AES256 or aws:kms [none]
                #sse_kms_key: arn:aws:kms:eu-central-1:111122223333:key/1234abcd
                #storage_class: STANDARD_IA             # [that of the bucket]
                #object_lock: {mode: governance, days: 30}   # the bucket must have Object Lock [none]
                #checksum: auto                         # or when_required, when_supported
            """;

    private static final String END = """
              #layout: mirror                # each file is one object whose key is its path
              #keep_deleted: 30d             # how long a deleted file can be restored
              # How long past versions can be restored in the pack layout.
              #retention:
                #keep_all: 24h               # every version, after it was replaced or deleted
                #hourly: 24                  # then the newest in each of so many hours, days, …
                #daily: 7
                #weekly: 4
                #monthly: 12
                #yearly: 3
                #timezone: Europe/Amsterdam  # in which a day begins [that of the system]
                #paths: [{match: ["*.log"], keep_all: 1h, hourly: 0}]
              #catalog_copy: 1d              # a copy of the catalog, if anything was stored; or off
              #drill: {every: 7d, files: 20} # reads files back from the bucket and compares [off]
              #concurrency: 16               # requests at a time
              # To encrypt everything before it leaves this machine: keepwatch key new --out FILE, then write here
              # encryption: {recipients: [what it showed], identity: FILE}
              #bandwidth:
                #limit: 10MiB                # bytes per second [no limit]
                #timetable: [{days: mon-fri, from: "08:00", to: "18:00", limit: 2MiB}]
                #timezone: Europe/Amsterdam  # of the timetable [that of the system]
              #budget: {puts_per_day: 2000}  # or {per_month: 5.00}; changes wait longer as it is used up [no limit]
              # What the store costs, for keepwatch cost.
              #prices:
                #currency: USD
                #put_per_1000: 0.005
                #list_per_1000: 0.005
                #get_per_1000: 0.0004
                #storage_gb_month: 0.023
                #egress_gb: 0.09
            """;

    private static final String RULES = """

            # Rules: what to do when something happens. See docs/rules.md.
            #rules:
              #folder: /etc/keepwatch/workflows  # [workflows beside this file]
              #user: nobody                      # whom commands run as [the user of Keepwatch]
              #commands: 4                       # that run at once

            # Whom rules tell, by name. Addresses of chats, keys and passwords are secrets: they stand in files.
            #notify:
              #chat: {format: slack, url_secret: chat}
              #phone: {format: ntfy, url: "https://ntfy.sh", topic: a-name-nobody-guesses}
              #pager: {format: pagerduty, routing_key: pager}
              #mail:
                #email:
                  #server: smtp.example.net
                  #port: 587
                  #tls: starttls                 # or tls, none
                  #user: keepwatch
                  #password: smtp
                  #from: keepwatch@example.net
                  #to: [ops@example.net]
                  #timeout: 30s

            # What rules send events to, and who may call /hooks/NAME.
            #webhooks:
              #tickets:
                #url: https://tickets.example.net/events
                #format: cloudevents             # or json, slack, discord, ntfy, pagerduty
                #secret: tickets-signing         # signs requests
                #token: tickets                  # sent as Authorization: Bearer
                #allow_private: false            # true for an address of a private network
                #timeout: 20s
            #hooks: {deploy: {scheme: github, secret: deploy}}   # or standard, bearer
            #secrets:
              #chat: {file: /etc/keepwatch/chat}
              #pager: {credential: pager}        # of systemd
              #smtp: {env: SMTP_PASSWORD}
              #tickets: {file: /etc/keepwatch/tickets}
              #tickets-signing: {file: /etc/keepwatch/tickets-signing}
              #deploy: {file: /etc/keepwatch/deploy}
            """;

    private final Machine machine;

    public ConfigTemplate(Machine machine) {
        this.machine = machine;
    }

    /** The text of the file. Reads the AWS settings of this user, and nothing from the network. */
    public String text() {
        Optional<String> bucket = machine.variable("KEEPWATCH_BUCKET");
        return TOP.formatted(quote(hostName()), quote(machine.stateFolder().toString()), roots())
                + REST.formatted(probes())
                + (bucket.isPresent() ? BUCKET_KNOWN : BUCKET_UNKNOWN)
                        .formatted(bucket.map(ConfigTemplate::quote).orElse("my-backups"), region(bucket.isPresent()))
                + S3_OPTIONS
                + END
                + RULES;
    }

    private String hostName() {
        String name = machine.hostName().replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
        return name.isEmpty() ? "this-machine" : name.substring(0, Math.min(63, name.length()));
    }

    private String roots() {
        List<Path> paths = machine.isRoot() ? List.of(Path.of("/etc"), Path.of("/home")) : List.of(machine.home());
        return paths.stream()
                .map(path -> "  - path: " + quote(path.toString()) + "\n"
                        + "    exclude: [\".cache/\", \"*.swp\", \"*~\"]\n")
                .collect(Collectors.joining());
    }

    private static String probes() {
        return ProbesConfig.KEYS.stream()
                .map(key -> "  #" + key.name() + ": " + key.shownDefault() + "\n")
                .collect(Collectors.joining());
    }

    private String region(boolean active) {
        Optional<String> found = new AwsRegion(machine).find();
        String hash = active && found.isPresent() ? "" : "#";
        return hash + "region: " + quote(found.orElse("eu-central-1")) + "    # [found as the AWS tools do]";
    }

    private static String quote(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
