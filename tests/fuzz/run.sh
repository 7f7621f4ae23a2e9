# run.sh FOLDER TARGET SECONDS: one target of `make fuzz`.  What it learns stays in
# FOLDER/corpus; an input that broke something stays in FOLDER, and this fails.
folder=$1 target=$2 seconds=$3

mkdir -p "$folder/corpus/$target"
if "$folder/$target" -max_total_time="$seconds" -max_len=1024 -timeout=10 \
    -print_final_stats=1 -artifact_prefix="$folder/$target-" \
    "$folder/corpus/$target" "$folder/seeds/$target" >"$folder/$target.log" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$target.log")
    figures=$(grep 'DONE ' "$folder/$target.log" | grep -o 'cov: .* corp: [^ ]*')
    echo "fuzz: $target: $runs runs, $figures"
else
    tail -40 "$folder/$target.log"
    echo "fuzz: $target failed; its input is one of:" "$folder/$target"-*
    exit 1
fi
