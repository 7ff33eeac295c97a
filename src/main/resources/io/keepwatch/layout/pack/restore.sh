#!/bin/sh
# Keepwatch restore.sh, version 1
# Brings back what lies in this folder of the bucket, with stock tools and without Keepwatch. RESTORE.md explains it.
# Nothing in the bucket is trusted: names and values never become commands, nothing is written outside TARGET, no link is
# followed, and a file counts as restored once its SHA-256 was compared.
set -u
LC_ALL=C
export LC_ALL
umask 077

usage() {
    cat <<'END'
usage: sh restore.sh [options] SOURCE TARGET

SOURCE  the host's folder of the bucket, the one that holds packs/: a copy on this disk,
        s3://BUCKET/PREFIX/HOST (fetched with aws) or REMOTE:BUCKET/PREFIX/HOST (fetched with rclone)
TARGET  a folder that is empty or not there yet; each root gets a folder of its name in it

  --at TIME        as it was then, for example '2026-11-25 10:00' or '2 hours ago'; default: the newest
  --root NAME      only this root
  --path PREFIX    only this path beneath its root, and what is beneath it
  --identity FILE  the age identity that opens encrypted packs
  --scratch DIR    where to unpack, with room for all that is restored; default: in TARGET
  --list           only list what would be restored; TARGET can be left out

Exit codes: 0 everything is restored; 1 something is missing or wrong, each is named;
2 the call is not understood, or a tool is missing.
END
}

fail() {
    printf 'restore.sh: %s\n' "$1" >&2
    exit 2
}

problems=0
problem() {
    printf 'restore.sh: %s\n' "$1" | tr -c '[:print:]\n\200-\377' '?' >&2
    problems=$((problems + 1))
}

at='' root='' prefix='' identity='' scratch_in='' list=no
while [ $# -gt 0 ]; do
    case $1 in
    --at | --root | --path | --identity | --scratch) [ $# -gt 1 ] || fail "$1 needs a value; --help shows all options" ;;
    esac
    case $1 in
    --at) at=$2 && shift ;;
    --root) root=$2 && shift ;;
    --path) prefix=${2%/} && prefix=${prefix#/} && shift ;;
    --identity) identity=$2 && shift ;;
    --scratch) scratch_in=$2 && shift ;;
    --list) list=yes ;;
    -h | --help) usage && exit 0 ;;
    --) shift && break ;;
    -*) fail "there is no option \"$1\"; --help shows all" ;;
    *) break ;;
    esac
    shift
done
[ "$list" = no ] || [ $# -ne 1 ] || set -- "$1" ''
[ $# -eq 2 ] || { usage >&2 && exit 2; }

absolute() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}
source=$1
target=$(absolute "$2")
[ -z "$identity" ] || identity=$(absolute "$identity")
for tool in tar zstd sqlite3 sha256sum base64 touch cp find; do
    command -v "$tool" >/dev/null || fail "\"$tool\" is not installed (Debian: apt-get install tar zstd sqlite3 coreutils findutils)"
done
tar --version | grep -q 'GNU tar' || fail "tar is not GNU tar: put one before it in PATH"
until=9999
if [ -n "$at" ]; then
    until=$(date -u -d "$at" +%Y-%m-%dT%H:%M:%S.%N) || fail "--at \"$at\" is no time; write for example '2026-11-25 10:00'"
fi
is_root=no
[ "$(id -u)" -ne 0 ] || is_root=yes

if [ "$list" = yes ]; then
    scratch_in=${scratch_in:-${TMPDIR:-/tmp}}
else
    mkdir -p -- "$target" || fail "TARGET \"$target\" cannot be made"
    [ -z "$(find "$target" -mindepth 1 -print -quit)" ] || fail "TARGET \"$target\" is not empty; name another folder"
fi
[ -z "$scratch_in" ] || mkdir -p -- "$scratch_in" || fail "--scratch \"$scratch_in\" cannot be made"
scratch=$(mktemp -d "$(absolute "${scratch_in:-$target}")/.restore-XXXXXXXX") || fail "there is no room to unpack; name another folder with --scratch"
trap 'rm -rf -- "$scratch"' EXIT
trap 'exit 130' HUP INT TERM
mkdir "$scratch/content" "$scratch/needed" || fail "\"$scratch\" cannot be written"

# Where the packs are.
if [ -d "$source" ]; then
    copy=$(absolute "$source")
else
    copy=$scratch/bucket
    case $source in
    s3://*)
        command -v aws >/dev/null || fail "\"aws\" is not installed; copy the folder by other means and name the copy"
        aws s3 sync --only-show-errors "${source%/}/packs" "$copy/packs" || fail "aws could not fetch \"$source\", see above"
        ;;
    *:*)
        command -v rclone >/dev/null || fail "\"rclone\" is not installed; copy the folder by other means and name the copy"
        rclone copy "${source%/}/packs" "$copy/packs" || fail "rclone could not fetch \"$source\", see above"
        ;;
    *) fail "SOURCE \"$source\" is no folder" ;;
    esac
fi
cd -- "$copy" || fail "SOURCE \"$copy\" cannot be opened"
[ -d packs ] || fail "SOURCE \"$copy\" holds no packs/; name the folder of a host, <prefix>/<host>, in a bucket of layout \"pack\""
pack_name='^packs/[0-9]/[0-9A-Za-z-]{1,40}/[0-9]{10,18}\.tar\.zst(\.age)?$'
find packs -type f | grep -E "$pack_name" | sort -t / -k 3,3 -k 4,4 >"$scratch/packs"
[ -s "$scratch/packs" ] || fail "SOURCE \"$copy\" holds no pack"
find packs -type f | grep -E -v "$pack_name" >"$scratch/others"
[ ! -s "$scratch/others" ] || problem "not a pack, and passed over: $(head -n 1 "$scratch/others")"
if grep -q '\.age$' "$scratch/packs"; then
    command -v age >/dev/null || fail "\"age\" is not installed, and packs are encrypted (Debian: apt-get install age)"
    [ -n "$identity" ] || fail "packs are encrypted: name the identity that opens them with --identity"
    [ -r "$identity" ] || fail "the identity \"$identity\" cannot be read"
fi

plain() {
    case $1 in
    *.age) age -d -i "$identity" "$1" ;;
    *) cat "$1" ;;
    esac
}

# unpack PACK TAR_OPTION...: false where any of the three tools found something wrong.
unpack() {
    from=$1
    shift
    rm -f "$scratch/broken"
    {
        plain "$from" || : >"$scratch/broken"
    } | {
        zstd -dcq || : >"$scratch/broken"
    } | {
        tar -x -f - "$@" || : >"$scratch/broken"
    }
    [ ! -e "$scratch/broken" ]
}

# What happened: the journals of all packs, in the order in which they were written.
while read -r pack <&3; do
    number=${pack##*/}
    number=${number%%.*}
    unpack "$pack" -O ".keepwatch/$number.ndjson" >"$scratch/journal" \
        || problem "pack \"$pack\" is damaged: what only its journal tells is missing"
    cat "$scratch/journal" >>"$scratch/journals"
    echo >>"$scratch/journals"
done 3<"$scratch/packs"

sql_text() {
    printf '%s' "$1" | sed "s/'/''/g"
}
sql() {
    (cd "$scratch" && sqlite3 -init /dev/null -batch -bail restore.db)
}

# Each value becomes one word in single quotes; a line that cannot be one of Keepwatch's is counted and left out.
sql >"$scratch/counts" <<END || fail "sqlite3 could not read the journals, see above; the newest versions of it can"
PRAGMA journal_mode = OFF;
CREATE TABLE raw (line TEXT);
.mode ascii
.separator "\001" "\n"
.import journals raw
.mode list
DELETE FROM raw WHERE line = '';
CREATE TABLE field AS
SELECT n, op, root, path, path64, CASE WHEN instr(observed, '.') > 0
         THEN substr(rtrim(observed, 'Z') || '000000000', 1, 29) ELSE rtrim(observed, 'Z') || '.000000000' END AS seen,
       type, size, mtime, mode, uid, gid, dev, ino, rdev, target, target64, has_leader, sha256, segments, xattrs
FROM (SELECT rowid AS n, json_extract(line, '\$.op') AS op, json_extract(line, '\$.observed') AS observed,
        json_extract(line, '\$.root') AS root, json_extract(line, '\$.path') AS path,
        json_extract(line, '\$.path64') AS path64,
        coalesce(json_extract(line, '\$.type'), 'regular') AS type,
        cast(coalesce(json_extract(line, '\$.size'), 0) AS INTEGER) AS size,
        json_extract(line, '\$.mtime') AS mtime, json_extract(line, '\$.mode') AS mode,
        cast(coalesce(json_extract(line, '\$.uid'), 0) AS INTEGER) AS uid,
        cast(coalesce(json_extract(line, '\$.gid'), 0) AS INTEGER) AS gid,
        json_extract(line, '\$.dev') AS dev, json_extract(line, '\$.ino') AS ino,
        cast(coalesce(json_extract(line, '\$.rdev'), 0) AS INTEGER) AS rdev,
        json_extract(line, '\$.target') AS target, json_extract(line, '\$.target64') AS target64,
        coalesce(json_extract(line, '\$.leader'), json_extract(line, '\$.leader64')) IS NOT NULL AS has_leader,
        json_extract(line, '\$.sha256') AS sha256,
        CASE json_type(line, '\$.segments') WHEN 'array' THEN json_extract(line, '\$.segments') END AS segments,
        CASE json_type(line, '\$.xattrs') WHEN 'array' THEN json_extract(line, '\$.xattrs') END AS xattrs
      FROM raw
      WHERE CASE WHEN json_valid(line) AND line NOT LIKE '%\\u0000%'
            THEN json_type(line) = 'object' AND json_extract(line, '\$.format') IS NULL ELSE 0 END)
WHERE op IN ('put', 'meta', 'move', 'link', 'delete') AND typeof(root) = 'text' AND typeof(observed) = 'text'
  AND (typeof(path) = 'text') + (typeof(path64) = 'text') = 1
  AND (op = 'delete' OR coalesce(
        mode <> '' AND mode NOT GLOB '*[^0-7]*' AND mtime <> '' AND mtime NOT GLOB '*[^0-9.-]*'
        AND (sha256 IS NULL OR (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')), 0));
SELECT count(*) FROM raw WHERE CASE WHEN json_valid(line) THEN json_extract(line, '\$.format') > 1 ELSE 0 END;
SELECT (SELECT count(*) FROM raw) - (SELECT count(*) FROM field)
     - (SELECT count(*) FROM raw WHERE CASE WHEN json_valid(line) THEN json_extract(line, '\$.format') = 1 ELSE 0 END);
CREATE TABLE version AS
SELECT *, 'at ' || word_root || ' ' || word_path || ' ' || word_path64 AS place,
       first_value(n) OVER (PARTITION BY root, dev, ino, type, sha256, coalesce(ino, -n), shared ORDER BY has_leader, n)
         AS head
FROM (SELECT *, max(has_leader) OVER (PARTITION BY root, dev, ino, type, sha256) AS shared,
        '''' || replace(root, '''', '''\\''''') || '''' AS word_root,
        '''' || replace(coalesce(path, ''), '''', '''\\''''') || '''' AS word_path,
        '''' || replace(coalesce(path64, ''), '''', '''\\''''') || '''' AS word_path64,
        coalesce(length(cast(path AS BLOB)), length(path64) * 3 / 4 - length(path64) + length(rtrim(path64, '=')))
          AS path_bytes
      FROM (SELECT *, row_number() OVER (PARTITION BY root, path, path64 ORDER BY seen DESC, n DESC) AS age
            FROM field WHERE seen <= '$until')
      WHERE age = 1 AND op <> 'delete' AND ('$(sql_text "$root")' = '' OR root = '$(sql_text "$root")')
        AND ('$(sql_text "$prefix")' = '' OR path64 IS NOT NULL OR path = '$(sql_text "$prefix")'
             OR substr(path, 1, length('$(sql_text "$prefix")') + 1) = '$(sql_text "$prefix")' || '/'));
UPDATE version SET head = n WHERE shared = 0 OR ino IS NULL;
SELECT count(*) FROM version;
END
{
    read -r _
    read -r newer
    read -r damaged
    read -r count
} <"$scratch/counts"
[ "$newer" = 0 ] || fail "a pack has a newer format than this script knows: take the restore.sh that lies in the bucket now, or Keepwatch itself"
[ "$damaged" = 0 ] || problem "lines of journals that are damaged and left out: $damaged"
if [ "$list" = yes ]; then
    sql <<'END'
SELECT seen || 'Z ' || type || ' ' || size || ' ' || root || '/' || coalesce(path, 'base64:' || path64)
FROM version ORDER BY root, coalesce(path, path64);
END
    [ "$problems" -eq 0 ] || exit 1
    exit 0
fi
[ "$count" -gt 0 ] || fail "nothing was stored there then; --list shows what there is"

# What is to be done, one function call a line; the functions are below.
sql >"$scratch/plan" <<'END' || fail "sqlite3 could not make the plan, see above"
CREATE TABLE step (phase, rank, n, part, i, text);
INSERT INTO step SELECT 1, path_bytes, n, 0, 0, place || ' && folder' FROM version WHERE type = 'directory';
INSERT INTO step SELECT CASE WHEN head <> n THEN 4 WHEN type = 'symlink' THEN 3 WHEN type = 'directory' THEN 5 ELSE 2 END,
  CASE type WHEN 'directory' THEN -path_bytes ELSE 0 END, n, 0, 0, place FROM version WHERE type <> 'socket';
INSERT INTO step SELECT 2, 0, n, 1, key, 'part ' || CASE WHEN part.type <> 'array' THEN 'damaged'
  WHEN json_extract(value, '$[0]') NOT GLOB '*[^0-9a-f]*' AND length(json_extract(value, '$[0]')) = 64
  THEN json_extract(value, '$[0]') ELSE 'damaged' END
  FROM version v, json_each(v.segments) AS part WHERE v.type = 'regular' AND head = n AND size > 0;
INSERT INTO step SELECT CASE type WHEN 'symlink' THEN 3 ELSE 2 END, 0, n, 2, 0, CASE
  WHEN type = 'regular' AND size = 0 THEN 'empty'
  WHEN type = 'regular' AND segments IS NOT NULL THEN 'whole ' || coalesce(sha256, 'none')
  WHEN type = 'regular' THEN 'content ' || coalesce(sha256, 'none')
  WHEN type = 'symlink' THEN 'symlink ''' || replace(coalesce(target, ''), '''', '''\''''') || ''' '''
    || replace(coalesce(target64, ''), '''', '''\''''') || ''''
  WHEN type = 'fifo' THEN 'fifo'
  ELSE 'device ' || CASE type WHEN 'block-device' THEN 'b ' ELSE 'c ' END
    || ((rdev >> 8 & 0xfff) | (rdev >> 32 & 0xfffff000)) || ' ' || ((rdev & 0xff) | (rdev >> 12 & 0xffffff00)) END
  FROM version WHERE head = n AND type IN ('regular', 'symlink', 'fifo', 'character-device', 'block-device');
INSERT INTO step SELECT 4, 0, v.n, 2, 0, 'same ' || substr(h.place, 4)
  FROM version v JOIN version h ON h.n = v.head WHERE v.head <> v.n AND v.type <> 'directory';
INSERT INTO step SELECT CASE type WHEN 'symlink' THEN 3 WHEN 'directory' THEN 5 ELSE 2 END,
  CASE type WHEN 'directory' THEN -path_bytes ELSE 0 END, n, 3, 0, 'owner ' || uid || ' ' || gid
  FROM version WHERE (head = n OR type = 'directory') AND type <> 'socket';
INSERT INTO step SELECT CASE v.type WHEN 'symlink' THEN 3 WHEN 'directory' THEN 5 ELSE 2 END,
  CASE v.type WHEN 'directory' THEN -path_bytes ELSE 0 END, n, 4, key,
  CASE xattr.type WHEN 'array' THEN 'attribute ''' || replace(json_extract(value, '$[0]'), '''', '''\''''') || ''' '''
    || replace(json_extract(value, '$[1]'), '''', '''\''''') || ''''
    ELSE 'attribute damaged damaged' END
  FROM version v, json_each(v.xattrs) AS xattr WHERE (head = n OR v.type = 'directory') AND v.type <> 'socket';
INSERT INTO step SELECT CASE type WHEN 'symlink' THEN 3 WHEN 'directory' THEN 5 ELSE 2 END,
  CASE type WHEN 'directory' THEN -path_bytes ELSE 0 END, n, 5, 0, 'finish ' || mode || ' ''' || mtime || ''''
  FROM version WHERE (head = n OR type = 'directory') AND type <> 'socket';
SELECT text FROM step ORDER BY phase, rank, n, part, i;
END

# The contents that are needed, each as a file named by its SHA-256; from the newest pack to the oldest, until none is
# missing. A pack is unpacked under other names: a name may be a file in one version and a folder in another.
sed -n -e 's/^part \([0-9a-f]*\)$/\1/p' -e 's/^content \([0-9a-f]*\)$/\1/p' "$scratch/plan" | sort -u >"$scratch/hashes"
(cd "$scratch/needed" && xargs touch /dev/null <"$scratch/hashes") || fail "\"$scratch\" cannot be written"
sort -t / -k 3,3r -k 4,4r "$scratch/packs" >"$scratch/newest"
while read -r pack <&3; do
    [ -n "$(find "$scratch/needed" -type f -print -quit)" ] || break
    mkdir "$scratch/members" || fail "\"$scratch\" cannot be written"
    unpack "$pack" -C "$scratch/members" --no-same-owner --no-same-permissions \
        --transform='flags=rSH;s,\([^/]*\)/,d/\1/,g;s,[^/]*$,f/&,' \
        || problem "pack \"$pack\" is damaged: contents may be missing"
    find "$scratch/members" -type f -exec sh -c '
        scratch=$1
        shift
        for file do
            hash=$(sha256sum <"$file")
            hash=${hash%% *}
            if [ -e "$scratch/needed/$hash" ]; then
                mv -f -- "$file" "$scratch/content/$hash" && rm -f "$scratch/needed/$hash"
            fi
        done' sh "$scratch" {} +
    rm -rf "$scratch/members"
done 3<"$scratch/newest"

cd -- "$target" || fail "TARGET \"$target\" cannot be opened"
restored=0

# bytes TEXT BASE64: the one that is not empty, as it is, in $bytes.
bytes() {
    bytes=$1
    [ -z "$2" ] || bytes=$(printf '%s' "$2" | base64 -d 2>/dev/null && echo x) || return 1
    [ -z "$2" ] || bytes=${bytes%x}
}

# walk ROOT PATH BASE64: the place beneath TARGET in $file. False where it would be outside, or behind a link.
walk() {
    bytes "$2" "$3" || return 1
    path=$bytes
    file=./$1${path:+/$path}
    case $1 in '' | . | .. | */*) return 1 ;; esac
    case ${path:+/$path/} in *//* | */./* | */../*) return 1 ;; esac
    way=.
    rest=${file#./}
    while [ "$rest" != "${rest#*/}" ]; do
        way=$way/${rest%%/*}
        rest=${rest#*/}
        if [ -L "$way" ] || { [ -e "$way" ] && [ ! -d "$way" ]; }; then
            return 1
        fi
        [ -d "$way" ] || mkdir -- "$way" || return 1
    done
}

# at ROOT PATH BASE64: what the next lines are about. They do nothing once ok is no.
at() {
    ok=no
    rm -f "$scratch/whole"
    if [ -n "$prefix" ]; then
        bytes "$2" "$3" || return 1
        case $bytes in "$prefix" | "$prefix"/*) ;; *) return 1 ;; esac
    fi
    if ! walk "$1" "$2" "$3"; then
        problem "not restored, its path leads elsewhere or through something that is no folder: $1/$2$3"
        return 1
    fi
    ok=yes
}

give_up() {
    [ "$ok" = no ] || problem "$1: $file"
    ok=no
}

is_new() {
    [ "$ok" = yes ] || return 1
    if [ -e "$file" ] || [ -L "$file" ]; then
        give_up "something is there already"
        return 1
    fi
}

folder() {
    { [ -d "$file" ] && [ ! -L "$file" ]; } || mkdir -- "$file" || give_up "this folder cannot be made"
}

fill() {
    is_new || return 0
    if [ ! -f "$1" ]; then
        give_up "its content is in no pack"
    elif cp --sparse=always -- "$1" "$file"; then
        hash=$(sha256sum <"$file")
        if [ "${hash%% *}" != "$2" ]; then
            rm -f -- "$file"
            give_up "its content has another SHA-256 than was stored"
        fi
    else
        rm -f -- "$file"
        give_up "it cannot be written"
    fi
}

empty() {
    is_new || return 0
    : >"$file" || give_up "it cannot be written"
}

content() {
    fill "$scratch/content/$1" "$1"
}

part() {
    [ "$ok" = yes ] || return 0
    if [ -f "$scratch/content/$1" ]; then
        cat "$scratch/content/$1" >>"$scratch/whole" || give_up "there is no room in \"$scratch\""
    else
        give_up "a part of its content is in no pack"
    fi
}

whole() {
    fill "$scratch/whole" "$1"
    rm -f "$scratch/whole"
}

symlink() {
    is_new || return 0
    if bytes "$1" "$2"; then
        ln -s -T -- "$bytes" "$file" || give_up "this link cannot be made"
    else
        give_up "its target is damaged"
    fi
}

fifo() {
    is_new || return 0
    mkfifo -- "$file" || give_up "this FIFO cannot be made"
}

device() {
    is_new || return 0
    mknod -- "$file" "$1" "$2" "$3" || give_up "this device cannot be made; that needs root"
}

# same ROOT PATH BASE64: a further name of that file.
same() {
    is_new || return 0
    name=$file
    if walk "$1" "$2" "$3" && { [ -e "$file" ] || [ -L "$file" ]; } && ln -P -T -- "$file" "$name"; then
        restored=$((restored + 1))
    else
        file=$name
        give_up "this hard link cannot be made"
    fi
}

owner() {
    [ "$ok" = yes ] && [ "$is_root" = yes ] || return 0
    chown -h "$1:$2" -- "$file" || give_up "its owner cannot be set"
}

attribute() {
    [ "$ok" = yes ] || return 0
    command -v setfattr >/dev/null || { give_up "setfattr is not installed (Debian: apt-get install attr)" && return 0; }
    setfattr -h -n "$1" -v "0s$2" -- "$file" || problem "the attribute $1 cannot be set: $file"
}

finish() {
    [ "$ok" = yes ] || return 0
    [ -L "$file" ] || chmod "$1" -- "$file" || problem "its mode cannot be set: $file"
    touch -h -d "@$2" -- "$file" || problem "its time cannot be set: $file"
    restored=$((restored + 1))
}

[ "$is_root" = yes ] || printf 'restore.sh: not run by root, so everything belongs to you\n' >&2
. "$scratch/plan"
[ "$restored" -gt 0 ] || problem "nothing was stored there then; --list shows what there is"
printf 'restored %s entries, %s problems\n' "$restored" "$problems"
[ "$problems" -eq 0 ] || exit 1
