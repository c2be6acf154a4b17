namespace Kfm.Agent.Intents;

internal static partial class IntentTable
{
    private const string Settings = """
        config, configs, configuration, configurations, configure*, setting, settings, editorconfig, gitignore, gitattributes, linter, stylelint*, eslint*, prettier, formatter, analyzer rule*, analyser rule*, noisy analyzer, ignore .. files, appsettings*, launchsettings, global json, nlog*, pytest ini, compose file, docker-compose,
        dev container, devcontainer, environment variable*, feature flag*, feature toggle*, verbose logging, log level*, loglevel, log format, default page size, default zoom, default locale, default theme, default language, default port, default timeout, page size to, zoom level .. should be, dark theme .. default, theme .. by default,
        on by default, off by default, enabled by default, toggle .. logging, timeout|interval|threshold|limit|delay .. to|from, increase|raise|lower|reduce|set|bump .. to, port .. to, retry .. times, spell checker, warnlevel, toml, yml, yaml, ini, tab width, line endings in git, cron,
        """;

    private const string Texts = """
        doc, docs, documentation, ^document, please document, documenting, describe in|how|what|why, xml comment*, doc comment*, code comment*, inline comment*, todo comment*, comment above|in, comments in, the comment, readme, changelog, release notes, tutorial*, guide, guides, user guide, how-to, howto, handbook, manual, man page, glossary, faq, wiki,
        adr, adrs, typo, typos, spelling, misspel*, grammar, wording, reword*, rephras*, proofread*, abbreviation*, paragraph*, sentence*, heading*, caption*, footnote*, alt text*, code fence*, markdown, quick start, quickstart, getting started, getting-started, introduction, contributors,
        install instructions, naming conventions, release steps, bug report template*, template for bug, screenshot*, badge*, contributing md, translate the, explain in, write a .. page, write up, page that describes, style guide
        """;
}
