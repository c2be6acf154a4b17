namespace Kfm.Gates.Packs;

/// <summary>A rule of a pack with the mode that holds.</summary>
/// <param name="Name">Its name, for example <c>coverage</c>.</param>
/// <param name="Mode">Whether it denies or warns.</param>
/// <param name="IsFixed">Whether nobody may lower it.</param>
public sealed record PackRule(string Name, PackMode Mode, bool IsFixed);
