import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent: a deep, official blue. Shade 7 on white has a contrast of 9:1. */
const navy: MantineColorsTuple = [
  "#eef4fb",
  "#dbe7f5",
  "#b4cde9",
  "#8ab1dd",
  "#6699d2",
  "#4886c8",
  "#2a6db3",
  "#15477f",
  "#113a69",
  "#0c2c51",
];

/** Greys with a breath of the accent, so that nothing looks dirty beside it. */
const gray: MantineColorsTuple = [
  "#f6f8fb",
  "#eef2f7",
  "#e3e9f0",
  "#d3dbe5",
  "#bcc7d4",
  "#94a1b2",
  "#5b6a7d",
  "#46535f",
  "#2c3946",
  "#18222d",
];

// A finger needs 44 px (WCAG 2.5.5), so what is pressed is that tall by default.
const tall = { size: "md" };
const tallVars = (name: string) => (_: unknown, props: { size?: unknown }) => ({
  root: props.size === "md" ? { [name]: "44px" } : {},
});
const boldTitle = { title: { fontWeight: 600, fontSize: "1.125rem", lineHeight: 1.4 } };
const tallInput = { defaultProps: tall };

export const theme = createTheme({
  primaryColor: "navy",
  black: "#18222d",
  primaryShade: { light: 7, dark: 6 },
  colors: { navy, gray },
  fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
  headings: {
    fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
    fontWeight: "600",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.3" },
      h2: { fontSize: "1.25rem", lineHeight: "1.4" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.45" },
    },
  },
  lineHeights: { xs: "1.5", sm: "1.55", md: "1.6", lg: "1.6", xl: "1.6" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Button: { defaultProps: { ...tall, fw: 500 }, vars: tallVars("--button-height") },
    ActionIcon: { defaultProps: { size: 44, variant: "subtle", color: "gray" } },
    CloseButton: { defaultProps: { size: "lg" } },
    Input: {
      vars: (_: unknown, props: { size?: unknown }) => ({
        wrapper: props.size === "md" ? { "--input-height": "44px" } : {},
      }),
    },
    TextInput: tallInput,
    PasswordInput: tallInput,
    Textarea: tallInput,
    NumberInput: tallInput,
    Select: tallInput,
    MultiSelect: tallInput,
    TagsInput: tallInput,
    DateInput: tallInput,
    DatePickerInput: tallInput,
    // Our digits are wider than the typeface's 0, which Mantine takes for their width.
    TimePicker: { ...tallInput, styles: { field: { width: "calc(2ch + 1em)" } } },
    SegmentedControl: tallInput,
    Radio: { defaultProps: { size: "md" } },
    Checkbox: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
    Chip: { defaultProps: { size: "md" } },
    Paper: { defaultProps: { radius: "lg" } },
    Card: { defaultProps: { radius: "lg", withBorder: true } },
    Modal: {
      styles: boldTitle,
      defaultProps: { radius: "lg", centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } },
    },
    Drawer: { styles: boldTitle },
    Menu: { defaultProps: { shadow: "md", radius: "md", position: "bottom-end" } },
    // Whoever has no mouse scrolls a wide table with the arrow keys.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});
