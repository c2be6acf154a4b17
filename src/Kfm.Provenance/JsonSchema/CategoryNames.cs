using System.Globalization;

namespace Kfm.Provenance.JsonSchema;

/// <summary>The names of Unicode general categories (Unicode Standard, table 4-4; aliases of PropertyValueAliases).</summary>
internal static class CategoryNames
{
    // In the order of UnicodeCategory.
    private static readonly string[] InOrder =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly Dictionary<string, string> Aliases = (
        "Letter=L Uppercase_Letter=Lu Lowercase_Letter=Ll Titlecase_Letter=Lt Modifier_Letter=Lm Other_Letter=Lo Mark=M " +
        "Combining_Mark=M Nonspacing_Mark=Mn Spacing_Mark=Mc Enclosing_Mark=Me Number=N Decimal_Number=Nd digit=Nd " +
        "Letter_Number=Nl Other_Number=No Separator=Z Space_Separator=Zs Line_Separator=Zl Paragraph_Separator=Zp Other=C " +
        "Control=Cc cntrl=Cc Format=Cf Surrogate=Cs Private_Use=Co Unassigned=Cn Punctuation=P punct=P Connector_Punctuation=Pc " +
        "Dash_Punctuation=Pd Open_Punctuation=Ps Close_Punctuation=Pe Initial_Punctuation=Pi Final_Punctuation=Pf " +
        "Other_Punctuation=Po Symbol=S Math_Symbol=Sm Currency_Symbol=Sc Modifier_Symbol=Sk Other_Symbol=So")
        .Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static string Of(UnicodeCategory category) => InOrder[(int)category];

    public static string? Short(string name) =>
        Aliases.TryGetValue(name, out var alias) ? alias
        : InOrder.Any(category => category.Equals(name, StringComparison.Ordinal) || (name.Length == 1 && category[0] == name[0])) ? name
        : null;
}
