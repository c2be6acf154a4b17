namespace Kfm.Gates.Scanning;

/// <summary>Letters of other scripts, and quotes, that look like those of ASCII.</summary>
internal static class LookAlikes
{
    private const string Others = "аеорсухікмтвнгјѕһԁԛԝьαεοριυνκτηχγβσ’‘“”–—àáâãäåāçèéêëēìíîïīñòóôõöōøùúûüūýÿšžй";
    private const string Ascii = "aeopcyxikmtbhrjshdqwbaeopiuvktnxybs''\"\"--aaaaaaaceeeeeiiiiinooooooouuuuuyyszи";

    /// <summary>The letter of ASCII that a lower-case letter looks like, or the letter itself.</summary>
    public static char Latin(char c) => c < 128 ? c : Others.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Ascii[at] : c;

    /// <summary>The character that a full-width, circled or mathematical letter stands for, lower case; the tables of the platform are not used, so that every machine folds alike.</summary>
    public static int Compatible(int c) => c switch
    {
        >= 0xFF01 and <= 0xFF5E => Lower(c - 0xFEE0),
        0x3000 => ' ',
        >= 0x24D0 and <= 0x24E9 => 'a' + c - 0x24D0,
        >= 0x1D400 and <= 0x1D6A3 => 'a' + ((c - 0x1D400) % 26),
        >= 0x1F130 and <= 0x1F149 => 'a' + c - 0x1F130,
        _ => c,
    };

    private static int Lower(int c) => c is >= 'A' and <= 'Z' ? c + 32 : c;
}
