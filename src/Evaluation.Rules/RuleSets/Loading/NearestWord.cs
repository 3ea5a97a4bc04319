namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Finds the word somebody meant.</summary>
internal static class NearestWord
{
    // What is longer is no mistyped word but a text in the wrong place.
    private const int LongestWord = 100;

    /// <summary>The known word that is nearest to a mistyped one, or null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord) return null;
        var nearest = known
            .Select(candidate => (Word: candidate, Distance: Distance(word, candidate)))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        var near = Math.Max(2, word.Length / 3);
        return nearest.Word is not null && nearest.Distance <= near ? nearest.Word : null;
    }

    /// <summary><c>write 'given'</c> when a word is near, otherwise <c>use one of: …</c>.</summary>
    public static string Mend(string word, IReadOnlyCollection<string> known) => Of(word, known) is { } nearest
        ? $"write '{nearest}'"
        : $"use one of: {string.Join(", ", known)}";

    // Levenshtein's distance; a swap of two neighbours counts as one.
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + same);
                var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (swapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
