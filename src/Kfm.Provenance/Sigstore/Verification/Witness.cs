namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>Counts witnesses: one that vouches twice counts once.</summary>
internal static class Witness
{
    public static int Count<T>(List<T> items, Func<T, string> name)
    {
        var count = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var first = 0;
            while (!string.Equals(name(items[first]), name(items[i]), StringComparison.Ordinal))
            {
                first++;
            }

            count += first == i ? 1 : 0;
        }

        return count;
    }
}
