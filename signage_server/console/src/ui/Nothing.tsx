import { EmptyState, Paper } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  text: string;
  /** The one button that leads on. */
  children?: ReactNode;
}

/** An empty page says what belongs here and offers the one next step. */
export function Nothing({ icon: Icon, title, text, children }: Props) {
  return (
    <Paper withBorder py={{ base: 48, sm: 80 }} px="lg">
      <EmptyState
        size="lg"
        variant="light"
        icon={<Icon stroke={1.5} aria-hidden />}
        title={title}
        description={text}
      >
        {children && <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Paper>
  );
}
