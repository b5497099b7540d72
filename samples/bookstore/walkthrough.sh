#!/usr/bin/env bash
# Walks through coherence over HTTP, with nothing but bash and curl. Start the bookstore first, see README.md.
# Runs as often as you like: every run writes about a book of its own. BASE_URL names another server.
set -euo pipefail

BASE_URL=${BASE_URL:-http://localhost:8080}
RUN=$(date +%s)-$$
BOOK=Neuromancer-$RUN
KEY=$RUN
ANSWER=$(mktemp)
HEADERS=$(mktemp)
trap 'rm -f "$ANSWER" "$HEADERS"' EXIT

chapter() {
    printf '\n\n=== %s\n' "$1"
}

# request EXPECTED_STATUS METHOD PATH [curl options]: sends it and shows it with its answer.
request() {
    local expected=$1 method=$2 path=$3 status
    shift 3
    printf '\n> %s %s\n' "$method" "$path"
    if [ $# -gt 0 ]; then printf '> %s\n' "${*: -1}"; fi
    status=$(curl -sS -X "$method" "$BASE_URL$path" "$@" -D "$HEADERS" -o "$ANSWER" -w '%{http_code}')
    printf '< %s\n' "$status"
    grep -i -E '^(etag|coherence-revision):' "$HEADERS" | tr -d '\r' | sed 's/^/< /' || true
    sed 's/^/< /' "$ANSWER"
    printf '\n'
    if [ "$status" != "$expected" ]; then
        printf '\nexpected %s, but the status is %s\n' "$expected" "$status" >&2
        exit 1
    fi
}

get() {
    request "$1" GET "$2" "${@:3}"
}

rebase() {
    request "$1" POST /api/rebase -H 'Content-Type: application/json' -d "$2"
}

# eventually PATH TEXT: asks until the answer shows the text, for at most a minute, and then shows the answer.
eventually() {
    local tries
    for tries in $(seq 300); do
        if curl -sS "$BASE_URL$1" | grep -qF -- "$2"; then break; fi
        sleep 0.2
    done
    get 200 "$1"
    shows "$2"
}

# field NAME: the first value of a field of the last answer.
field() {
    grep -oE "\"$1\":(\"[^\"]*\"|[0-9]+)" "$ANSWER" | head -n 1 | sed -E 's/^"[^"]*"://; s/"//g'
}

etag() {
    grep -i '^etag:' "$HEADERS" | sed -E 's/^[^"]*"([^"]*)".*/\1/'
}

# fails unless the last answer contains the text
shows() {
    if ! grep -qF -- "$1" "$ANSWER"; then
        printf '\nthe answer does not show %s\n' "$1" >&2
        exit 1
    fi
}

# action WHO REASON PATCH [TRIGGERS]
action() {
    printf '{"action":{"reason":"%s","actor":{"kind":"user","id":"%s"},"aggregate":{"kind":"book","id":"%s"},"patch":%s},"triggers":[%s]}' \
        "$2" "$1" "$BOOK" "$3" "${4:-}"
}

chapter "Alice creates a book. She has seen nothing yet, so her base is @0. The book is linked to an encryption key."
KEY_TRIGGER="{\"kind\":\"encryption-key\",\"id\":\"$KEY\"}"
CREATE=$(action alice create '{"assoc":{"author":"William Gibson","genre":"Science fiction","price":9.50}}' "$KEY_TRIGGER")
rebase 200 "{\"base\":\"@0\",\"history\":[$CREATE]}"
FIRST=$(field sequenceNumber)

chapter "Alice and Bob both read it. The ETag is the revision of what they see."
get 200 "/api/aggregates/book/$BOOK"
READ=$(etag)

chapter "Alice changes the genre. Her base is what she has read."
rebase 200 "{\"base\":\"$READ\",\"history\":[$(action alice update '{"assoc":{"genre":"Cyberpunk"}}')]}"
ALICES=$(field sequenceNumber)

chapter "Bob, who does not know that, changes the genre too. He is told what is in his way: base, ours, theirs."
BOBS=$(action bob update '{"assoc":{"genre":"Noir"},"dissoc":["price"]}')
rebase 409 "{\"base\":\"$READ\",\"history\":[$BOBS]}"
shows '"result":"conflicting"'
shows '{"path":"genre","base":"Science fiction","ours":"Noir","theirs":"Cyberpunk"'

chapter "He can also ask for everything that he has missed."
get 200 "/api/conflicts?base=$READ&aggregate=book:$BOOK"
shows "\"sequenceNumber\":$ALICES,"

chapter "He decides that he is right, and first tries it: a dry run answers like a real one, and stores nothing."
rebase 200 "{\"base\":\"$READ\",\"history\":[$BOBS],\"resolved\":[$ALICES],\"dryRun\":true}"
shows '"result":"accepted"'
get 200 "/api/aggregates/book/$BOOK"
shows '"genre":"Cyberpunk"'

chapter "Now for real. The answer's revision is the base of what he does next."
rebase 200 "{\"base\":\"$READ\",\"history\":[$BOBS],\"resolved\":[$ALICES]}"
shows '"result":"accepted"'
SEEN=$(field revision)

chapter "The encryption key expires. This effect is an event too, and it changes every book that is linked to the key."
rebase 200 "{\"base\":\"@0\",\"history\":[{\"effect\":{\"reason\":\"key-expired\",\"trigger\":$KEY_TRIGGER}}]}"
EFFECT=$(field sequenceNumber)

chapter "Whoever reads on after what came before it gets the older actions on the book again, and can build it anew."
get 200 "/api/events?after=$((EFFECT - 1))&aggregate=book:$BOOK" -H 'Accept: application/x-ndjson'
shows "\"sequenceNumber\":$FIRST,"
shows "\"sequenceNumber\":$ALICES,"

chapter "After the effect there is nothing more to read."
get 200 "/api/events?after=$EFFECT&aggregate=book:$BOOK"

chapter "Bob has not seen the effect. For him it is a conflict ..."
PRICE=$(action bob update '{"assoc":{"price":12}}')
rebase 409 "{\"base\":\"$SEEN\",\"history\":[$PRICE]}"
shows '"reason":"key-expired"'

chapter "... until he accepts it."
rebase 200 "{\"base\":\"$SEEN\",\"history\":[$PRICE],\"resolved\":[$EFFECT]}"

chapter "This is the book now."
get 200 "/api/aggregates/book/$BOOK"
shows '{"state":{"author":"William Gibson","genre":"Noir","price":12}}'

chapter "Nobody can have seen what does not exist yet ..."
get 200 /api/sequence-number
rebase 422 "{\"base\":\"@999999999999\",\"history\":[$PRICE]}"
shows '"result":"invalid-base"'

chapter "... and whoever sends something wrong is told what, and where."
rebase 400 "{\"base\":\"$SEEN\",\"history\":[$(action bob update '{"assoc":{"genre":"SF"},"dissoc":["genre"]}')]}"
shows '"place":"history[0].action.patch.dissoc[\"genre\"]"'

ISBN=978-$RUN
MERGE_PATCH='Content-Type: application/merge-patch+json'
JSON='Content-Type: application/json'

chapter "Books are also ordinary Axon aggregates. One is added, if it is not there yet."
request 201 PUT "/books/$ISBN" -H 'If-None-Match: *' -H "$JSON" -H 'X-User: alice' \
    -d '{"title":"Idoru","price":9.50,"genre":"Science fiction"}'
READ=$(etag)
request 412 PUT "/books/$ISBN" -H 'If-None-Match: *' -H "$JSON" -d '{"title":"Idoru","price":9.50}'

chapter "A change says what its author had read: it takes the ETag with it."
request 428 PATCH "/books/$ISBN" -H "$MERGE_PATCH" -d '{"price":12}'
request 200 PATCH "/books/$ISBN" -H "If-Match: \"$READ\"" -H "$MERGE_PATCH" -H 'X-User: alice' -d '{"price":12}'

chapter "Bob has read the same, and changes another field. Both changes go together: he gets the whole book."
request 200 PATCH "/books/$ISBN" -H "If-Match: \"$READ\"" -H "$MERGE_PATCH" -H 'X-User: bob' -d '{"genre":"Cyberpunk"}'
shows '{"genre":"Cyberpunk","price":12,"title":"Idoru"}'

chapter "If he changes the price, too, he is told: base, ours, theirs."
request 409 PATCH "/books/$ISBN" -H "If-Match: \"$READ\"" -H "$MERGE_PATCH" -H 'X-User: bob' -d '{"price":15}'
shows '"type":"urn:coherence:conflicting"'
shows '"path":"price","base":9.5,"ours":15,"theirs":12'
ALICES=$(grep -oE '"unresolved":\[[0-9]+' "$ANSWER" | grep -oE '[0-9]+$')

chapter "He looks at it, and says that he has seen what Alice did."
request 200 PATCH "/books/$ISBN?resolved=$ALICES" -H "If-Match: \"$READ\"" -H "$MERGE_PATCH" -H 'X-User: bob' -d '{"price":15}'
get 200 "/books/$ISBN"
shows '{"genre":"Cyberpunk","price":15,"title":"Idoru"}'

chapter "The catalogue is a read model. It shows the price in dollars as well, at the rate of today."
eventually "/catalogue/$ISBN" '"price":15,"currency":"USD"'
READ=$(etag)

chapter "The rate changes. That fires an effect, and the catalogue handles all books again that are linked to the rate."
get 200 /rates/USD
if grep -qF '"rate":1.2}' "$ANSWER"; then RATE=1.3 DOLLARS=19.5; else RATE=1.2 DOLLARS=18; fi
request 200 PUT /rates/USD -H "$JSON" -H "Idempotency-Key: $RUN" -d "{\"rate\":$RATE}"
eventually "/catalogue/$ISBN" "\"rate\":$RATE,\"converted\":$DOLLARS"
NEW=$(etag)

chapter "Bob, who had looked into the catalogue before that, is told of the effect when he changes the price ..."
request 409 PATCH "/books/$ISBN" -H "If-Match: \"$READ\"" -H "$MERGE_PATCH" -H 'X-User: bob' -d '{"price":14}'
shows '"effect":{"reason":"rate-changed","trigger":{"kind":"rate","id":"USD"}}'

chapter "... and not after he has seen what the catalogue shows now."
request 200 PATCH "/books/$ISBN" -H "If-Match: \"$NEW\"" -H "$MERGE_PATCH" -H 'X-User: bob' -d '{"price":14}'

printf '\n\nThat was all of it.\n'
