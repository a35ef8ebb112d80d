#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sheets and themes of pictures: exact sizes, what stands on them read back (picture.py), theme files good and broken.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
akit=$graphs/akit.json
python3=$(command -v python3)

# drawn NAME LEAST_POINTS ARGUMENTS: draws to NAME.svg and looks at it
drawn() {
    name=$1
    least=$2
    shift 2
    run "$@" -o "$work/$name.svg"
    ends "$name: code 0" 0
    "$python3" "$source_dir/tests/cli/picture.py" "$least" "$work/$name.svg" >"$work/out" 2>&1
    code=$?
    ends "$name: nothing wrong with it" 0
}

size_of() { grep -o -m1 'width="[0-9.]*mm" height="[0-9.]*mm"' "$1"; }
is_size() { [ "$(size_of "$work/$1.svg")" = "width=\"$2mm\" height=\"$3mm\"" ]; }
# big-endian number of four bytes at an offset
number_at() { od -An -tu1 -j"$2" -N4 "$1" | awk '{ print (($1 * 256 + $2) * 256 + $3) * 256 + $4 }'; }
has_pixels() { [ "$(number_at "$1" 16)x$(number_at "$1" 20)" = "$2" ]; }

for page in a4 a3 a1; do
    drawn overview-$page 6.5 draw "$electro" --page $page
    drawn chain-$page 6.5 draw "$electro" --view chain --page $page --lang en
done
drawn path-a4 6.5 draw "$electro" --from boksit --to etz --page a4
drawn whatif-a3 6.5 whatif "$electro" --remove izol --page a3
drawn akit-a4 6.5 draw "$akit" --page a4 --lang en
drawn overview-slide 8 draw "$electro" --page 16x9
drawn chain-slide 8 chain "$electro" --of etz --page 16x9 --lang en
drawn akit-slide 8 draw "$akit" --page 16x9
drawn path-slide 8 draw "$electro" --from boksit --to etz --page 16x9
drawn risk-slide 8 risk "$electro" --page 16x9
for lang in ru en; do
    for view in ego geography map partners; do
        drawn $view-slide-$lang 8 draw "$electro" --view $view --page 16x9 --lang $lang
        drawn $view-akit-slide-$lang 8 draw "$akit" --view $view --page 16x9 --lang $lang
        drawn $view-a4-$lang 6.5 draw "$electro" --view $view --page a4 --lang $lang
    done
    drawn ego-deep-slide-$lang 8 draw "$electro" --view ego --depth 2 --page 16x9 --lang $lang
done
check "no label is promised that a slide has no room for" sh -c '! grep -q "код продукции, сумма" "$1" && grep -q "Кто кому поставляет внутри кластера · " "$1"' - "$work/map-slide-ru.svg"
check "and none is missed where there are no lines" sh -c '! grep -q "не подписаны" "$1" && grep -q "поставок между ними в данных нет" "$1"' - "$work/map-akit-slide-ru.svg"
check "a slide shows six suppliers and the rest in one box" grep -q "ещё 12 поставщиков" "$work/ego-slide-ru.svg"
check "headings of columns are whole on a slide" sh -c '! grep -q "Инфраструктура…\|…кластера" "$1" && grep -q ">Инфраструктура<" "$1"' - "$work/map-slide-ru.svg"
check "A4 across" is_size overview-a4 297.00 210.00
check "A3 across" is_size overview-a3 420.00 297.00
check "A1 across" is_size overview-a1 841.00 594.00
check "the slide of office programs" is_size path-slide 338.67 190.50
for theme in dark print mono; do
    drawn overview-$theme 6.5 draw "$electro" --theme $theme
    drawn chain-$theme 6.5 draw "$electro" --view chain --theme $theme
    drawn map-$theme 6.5 map "$electro" --theme $theme
done
drawn overview-light 6.5 draw "$electro"
drawn whatif-dark 6.5 whatif "$electro" --remove izol --theme dark
drawn risk-dark 6.5 risk "$electro" --theme dark
check "mono has no colour" sh -c '! grep -oE "#[0-9a-f]{6}" "$1" | grep -vE "#(..)\1\1"' - "$work/overview-mono.svg"
check "dark has a dark sheet" grep -q 'class="paper"[^>]*fill="#14181d"' "$work/overview-dark.svg"
same "the same bytes twice" draw "$electro" --page a3 --theme dark

run draw "$electro" --from boksit --to etz --page 16x9 -o "$work/slide.png"
check "a slide is 1920 by 1080" has_pixels "$work/slide.png" 1920x1080
run draw "$electro" --page a4 --dpi 100 -o "$work/a4.png"
check "A4 at 100 pixels an inch" has_pixels "$work/a4.png" 1170x827
run draw "$electro" --page a4 -o "$work/a4.pdf"
check "the PDF has the size of the paper" grep -aqE 'MediaBox \[ *0 0 841\.8[0-9]* 595\.2[0-9]*' "$work/a4.pdf"
check "its fonts are inside" grep -aqE 'FontFile[23]?' "$work/a4.pdf"

# ---- tiles ----

run draw "$electro" --page a2 --tiles -o "$work/tiles.pdf"
ends "tiles: code 0" 0
if command -v pdfinfo >/dev/null 2>&1; then
    check "every page is A4" sh -c '! pdfinfo -f 1 -l 99 "$1" | grep "Page .* size" | grep -qv A4' - "$work/tiles.pdf"
    check "a plan and the pages" [ "$(pdfinfo "$work/tiles.pdf" | awk '/^Pages/ { print $2 }')" -ge 5 ]
    pdftotext -f 2 -l 2 "$work/tiles.pdf" "$work/tile.txt"
    check "text is text, with the number of the page" grep -q 'Лист 1 из' "$work/tile.txt"
    check "its fonts are inside too" [ "$(pdffonts "$work/tiles.pdf" | awk 'NR > 2 && $(NF - 4) != "yes"' | wc -l)" -eq 0 ]
else
    skip "pages of the tiles" "no pdfinfo here"
fi
run draw "$electro" --page a2 --tiles -o "$work/tiles.svg"
ends "tiles are for a PDF" 2
check "it says so" err_has "PDF"

# ---- too small ----

run draw "$electro" --view chain --page a4 -o "$work/small.svg"
ends "what says less fits" 0
run draw "$electro" --page 16x9 --full --view chain -o "$work/no.svg" --lang en
fails "with --full nothing is left away" 4 "coopnet: on 16x9 the smallest text would have"
check "it says which paper would do" err_has "(A4)"

run generate --firms 70 -o "$work/many.json"
drawn numbers 6.5 draw "$work/many.json" --page a3 --lang en
check "so many boxes have numbers, and the legend the names" grep -q 'boxes have numbers; the names stand in the legend' "$work/numbers.svg"
names=$(grep -c '<g class="node ' "$work/numbers.svg")
check "a name in the legend for every box" [ "$(grep -c '<g class="legend-entry"' "$work/numbers.svg")" -gt "$names" ]
check "picture.py can fail" sh -c '! "$1" "$2" 7 "$3" >/dev/null' - "$python3" "$source_dir/tests/cli/picture.py" "$work/numbers.svg"

# ---- themes ----

run draw "$electro" --theme drak
ends "misspelt theme: code 2" 2
check "misspelt theme: the near one" err_has "did you mean dark"
run draw "$electro" --theme no-such.json -o "$work/no.svg"
ends "no such file: code 3" 3
cat >"$work/logo.svg" <<'LOGO'
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><script>alert(1)</script><rect width="300" height="100" fill="#c8102e"/></svg>
LOGO
cat >"$work/own.json" <<'THEME'
{"coopnet_theme": 1, "name": "Центр", "organisation": "ЦКР <b>",
 "logo": "logo.svg",
 "colours": {"accent": "#c8102e", "anchor": "#c8102e", "member": "#005eb8", "supply": "#444"}}
THEME
drawn own 6.5 draw "$electro" --theme "$work/own.json" --page a3
check "its name stands there, escaped" grep -q 'ЦКР &lt;b&gt;' "$work/own.svg"
check "its logo is a picture" grep -q '<image class="logo"[^>]*data:image/png;base64,iVBOR' "$work/own.svg"
check "nothing of the logo's code is there" sh -c '! grep -q alert "$1"' - "$work/own.svg"
check "its colours are used" grep -q 'stroke="#c8102e"' "$work/own.svg"
cat >"$work/bad.json" <<'THEME'
{"coopnet_theme": 1, "colours": {
  "ancor": "#c8102e",
  "member": "blue",
  "supply": "#44"}}
THEME
run draw "$electro" --theme "$work/bad.json" -o "$work/no.svg"
ends "a broken theme: code 3" 3
check "unknown key: place and near name" err_has 'bad.json:2:3: error: unknown field “ancor”; did you mean “anchor”?'
check "bad colour: place" err_has 'bad.json:3:13: error: “member” must be a colour like "#1f5a8c", found "blue"'
check "all mistakes at once" err_has 'bad.json:4:13'
check "no picture then" [ ! -e "$work/no.svg" ]
run draw "$electro" --theme "$work/bad.json" --lang ru -o "$work/no.svg"
check "in Russian" err_has 'bad.json:2:3: ошибка: неизвестное поле «ancor»; возможно, имелось в виду «anchor»'
# ---- office programs ----

office=$(command -v soffice || true)
office_run() { timeout 120 "$office" "-env:UserInstallation=file://$work/office" --headless --convert-to pdf "$1" --outdir "$work" >/dev/null 2>&1; }
if [ -z "$office" ] || ! command -v pdftotext >/dev/null 2>&1; then
    skip "LibreOffice takes the SVG" "no soffice here"
elif ! office_run "$work/own.svg" || [ ! -s "$work/own.pdf" ]; then
    skip "LibreOffice takes the SVG" "soffice here has no Draw"
else
    pdftotext "$work/own.pdf" "$work/office.txt"
    sed -n 's/.*<text [^>]*>\([^<&]*\)<.*/\1/p' "$work/own.svg" | grep -v "₽" | sort -u >"$work/texts" # that sign is of another font
    lost=$(while read -r line; do grep -qF -- "$line" "$work/office.txt" || echo "$line"; done <"$work/texts" | wc -l)
    check "LibreOffice keeps text as text" [ "$lost" -eq 0 ]
fi

# ---- logos that are none ----

printf 'not a picture' >"$work/logo.svg"
run draw "$electro" --theme "$work/own.json" -o "$work/no.svg"
ends "a logo that is none: code 3" 3
check "it says so" err_has "the logo logo.svg is neither PNG nor SVG"
printf '<svg xmlns="http://www.w3.org/2000/svg"' >"$work/logo.svg"
run draw "$electro" --theme "$work/own.json" -o "$work/no.svg"
ends "a logo that cannot be drawn: code 3" 3
run rank "$electro" --page a4
ends "--page is for commands that draw" 2
run risk "$electro" --page a4 --lang en
check "without a picture --page is told" err_has "--page is ignored"
finish
